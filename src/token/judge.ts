import { deadFinding, deadState } from "./findings/findings-dead.ts";
import { reachFindings } from "./findings/findings-assets.ts";
import { dataAccessFindings, expiryFindings } from "./findings/findings-expiry.ts";
import { kindFindings, wrongAppFinding } from "./findings/findings-kind.ts";
import { numberFindings } from "./findings/findings-number.ts";
import { appBlockedFindings, notCheckedFindings } from "./findings/findings-reach.ts";
import { judgeScopes, scopeFindings } from "./findings/findings-scopes.ts";
import { sendingFindings } from "./findings/findings-sending.ts";
import { serviceFindings } from "./findings/findings-service.ts";
import { NOT_KNOWN, reachedThreshold, usableThresholds } from "./expiry.ts";
import { bySeverity, type Finding, findingOf, worstState } from "./findings/finding.ts";
import type { AssetFact, Inspection, InspectionFailure, InspectionResult, TokenIdentity } from "./inspection.ts";
import { observe } from "./findings/observe.ts";
import type { Policy } from "./policy.ts";
import type { ShapeProblem } from "./secret/shape-problem.ts";
import type { AssetVerdict, TokenFacts, Verdict } from "./verdict.ts";

/**
 * Judges the result of an inspection under a policy at the time `now`. Pure. A failed inspection gives `unknown`, never
 * a bad state.
 * @param seenAlive true when this token (by fingerprint) was alive before. A death without a known cause then counts as
 * revoked
 */
export function judge(result: InspectionResult, policy: Policy, now: Date, seenAlive = false): Verdict {
  if (!result.ok) return unanswered(result.failure, result.token, now);
  const { inspection } = result;
  const findings = findingsOf(inspection, policy, now, seenAlive);
  const state = worstState(findings);
  const usable = usableThresholds(policy.warnAt, inspection.expiry, inspection.issuedAt);
  const expiring = findings.some((finding) => finding.code === "expires_soon");
  return {
    state,
    alive: inspection.liveness.alive === "other_app" ? null : inspection.liveness.alive,
    findings,
    failure: null,
    token: factsOf(inspection, policy),
    assets: inspection.assets.map(assetVerdict),
    threshold: expiring ? (reachedThreshold(usable, inspection.expiry, now)?.text ?? null) : null,
    evidence: findingOf(state, findings)?.evidence ?? inspection.evidence,
    answer: inspection.evidence,
    checkedAt: now,
  };
}

/** The verdict for a value that cannot be a token. No call was made. */
export function judgeShape(problem: ShapeProblem, token: TokenIdentity, now: Date): Verdict {
  return {
    ...unanswered({ kind: "unreadable", message: "", retryAfterMs: null, evidence: null }, token, now),
    state: "invalid",
    failure: null,
    findings: [observe({ code: "not_a_token", facts: { kind: "shape", problem } }, null)],
  };
}

/** The verdict when a token's source could not be read. */
export function judgeUnreadable(message: string, now: Date): Verdict {
  return unanswered({ kind: "unreadable", message, retryAfterMs: null, evidence: null }, null, now);
}

function factsOf(inspection: Inspection, policy: Policy): TokenFacts {
  const { token, type, appId, appName, userId, issuedAt, expiry, dataAccess, scopes } = inspection;
  const dead = inspection.liveness.alive === false;
  // A dead token cannot do anything. A list of missing permissions would make people fix the wrong thing.
  const { missing, extra } = judgeScopes({ ...inspection, scopes: dead ? null : scopes }, policy);
  return {
    ...token,
    type,
    appId,
    appName,
    userId,
    issuedAt,
    expiry,
    dataAccess,
    // Graph's empty list for a dead token does not mean that it never had permissions.
    scopes: dead && scopes?.length === 0 ? null : scopes,
    missingScopes: missing,
    extraScopes: extra,
  };
}

function nothingKnown(token: TokenIdentity): TokenFacts {
  return {
    ...token,
    type: null,
    appId: null,
    appName: null,
    userId: null,
    issuedAt: null,
    expiry: NOT_KNOWN,
    dataAccess: NOT_KNOWN,
    scopes: null,
    missingScopes: [],
    extraScopes: [],
  };
}

function assetVerdict(asset: AssetFact): AssetVerdict {
  return {
    kind: asset.kind,
    id: asset.id,
    name: asset.reach === "reached" ? asset.name : null,
    reach: asset.reach,
    sending: asset.reach === "reached" ? asset.sending : null,
    failure: asset.reach === "not_known" ? asset.failure : null,
    ...(asset.readAt === undefined ? {} : { readAt: asset.readAt }),
  };
}

function findingsOf(facts: Inspection, policy: Policy, now: Date, seenAlive: boolean): readonly Finding[] {
  const { liveness, evidence } = facts;
  switch (liveness.alive) {
    case false:
      return [deadFinding(deadState(liveness.error, facts, now, seenAlive), facts, evidence)];
    case "other_app":
      return [wrongAppFinding(facts.appName, evidence)];
    case true: {
      const scopes = judgeScopes(facts, policy);
      const expected = policy.appId === undefined || facts.appId === null || facts.appId === policy.appId;
      return [
        ...(expected ? [] : [wrongAppFinding(facts.appName, evidence)]),
        ...appBlockedFindings(facts),
        ...scopeFindings(facts, scopes),
        ...reachFindings(facts.assets, scopes.explained),
        ...sendingFindings(facts.assets),
        ...notCheckedFindings(facts),
        ...numberFindings(facts.assets),
        ...expiryFindings(facts, policy, now),
        ...kindFindings(facts, now),
        ...dataAccessFindings(facts, now),
        ...serviceFindings(facts),
      ].toSorted(bySeverity);
    }
  }
}

function unanswered(failure: InspectionFailure, token: TokenIdentity | null, now: Date): Verdict {
  return {
    state: "unknown",
    alive: null,
    findings: [],
    failure,
    token: token === null ? null : nothingKnown(token),
    assets: [],
    threshold: null,
    evidence: null,
    answer: null,
    checkedAt: now,
  };
}
