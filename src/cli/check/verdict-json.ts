import { rich } from "../../guide/rich-text.ts";
import type { Finding } from "../../token/findings/finding.ts";
import type { Evidence, InspectionFailure } from "../../token/inspection.ts";
import type { AssetVerdict, TokenFacts, Verdict } from "../../token/verdict.ts";
import { findingMessage, findingRemedy, remedyLine } from "../../words/finding-words.ts";
import { terminalText } from "../../words/plain-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { expiryJson } from "./expiry-json.ts";

/**
 * The object that `check --json` prints. Scripts rely on its keys, so every key is always present. An unknown value is
 * null, also for `scopes`: an empty list would mean that the token has no permissions.
 */
export function verdictJson(verdict: Verdict) {
  return {
    state: verdict.state,
    findings: verdict.findings.map((finding) => findingJson(finding, verdict)),
    failure: verdict.failure === null ? null : failureJson(verdict.failure),
    token: verdict.token === null ? null : tokenJson(verdict.token),
    assets: verdict.assets.map(assetJson),
    checkedAt: verdict.checkedAt.toISOString(),
  };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function evidenceJson({ call, status, code, subcode, trace, at }: Evidence) {
  return {
    call,
    status,
    code,
    subcode,
    trace,
    at: at.toISOString(),
  };
}

function findingJson(finding: Finding, verdict: Verdict) {
  return {
    code: finding.code,
    severity: finding.severity,
    message: terminalText(findingMessage(finding, verdict)),
    remedy: terminalText(remedyLine(findingRemedy(finding, verdict))),
    evidence: finding.evidence === null ? null : evidenceJson(finding.evidence),
  };
}

/** `message` describes the failure and the next step. */
function failureJson(failure: InspectionFailure) {
  return {
    kind: failure.kind,
    message: terminalText(sentences(rich`${failure.message}`, words.failures.next(failure, "terminal"))),
    retryAfterMs: failure.retryAfterMs,
  };
}

function tokenJson(token: TokenFacts) {
  return {
    fingerprint: token.fingerprint,
    tail: token.tail,
    type: token.type,
    appId: token.appId,
    appName: token.appName,
    userId: token.userId,
    issuedAt: iso(token.issuedAt),
    expiresAt: expiryJson(token.expiry),
    dataAccessExpiresAt: expiryJson(token.dataAccess),
    scopes: token.scopes,
    missingScopes: token.missingScopes,
    extraScopes: token.extraScopes,
  };
}

function assetJson({ kind, id, name, reach, sending, failure }: AssetVerdict) {
  return {
    kind,
    id,
    name,
    reach,
    sending,
    failure: failure === null ? null : failureJson(failure),
  };
}
