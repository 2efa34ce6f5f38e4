import { parseDuration } from "../../src/token/duration.ts";
import type { Duration } from "../../src/token/duration.ts";
import { CATALOGUE } from "../../src/token/findings/catalogue.ts";
import { type Finding, type FindingCode, worstState } from "../../src/token/findings/finding.ts";
import type { Evidence, Inspection, InspectionFailure } from "../../src/token/inspection.ts";
import type { Policy } from "../../src/token/policy.ts";
import type { TokenFacts, Verdict } from "../../src/token/verdict.ts";
import type { Alert } from "../../src/alert/alert.ts";
import type { Escalation } from "../../src/alert/escalate.ts";
import type { Watch } from "../../src/watch/watch.ts";
import type { WatchSnapshot } from "../../src/alert/watch-snapshot.ts";

/** The default present time of the tests. */
export const NOW = new Date("2026-11-22T08:00:00.000Z");

/** The instant this many milliseconds after `NOW`. */
export const after = (ms: number): Date => new Date(NOW.getTime() + ms);

export const durations = (...texts: readonly string[]): readonly Duration[] =>
  texts.map((text) => {
    const duration = parseDuration(text);
    if (duration === undefined) throw new TypeError(`${text} is no duration`);
    return duration;
  });

export const SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"] as const;

export const aPolicy = (fields: Partial<Policy> = {}): Policy => ({
  requiredScopes: SCOPES,
  warnAt: durations("30d", "14d", "7d", "3d", "1d"),
  appId: undefined,
  ...fields,
});

export const anEvidence = (fields: Partial<Evidence> = {}): Evidence => ({
  call: "GET /debug_token",
  status: 200,
  code: null,
  subcode: null,
  trace: "Atrace",
  at: NOW,
  ...fields,
});

/** A living system user token that never expires and has everything it needs. */
export const anInspection = (fields: Partial<Inspection> = {}): Inspection => ({
  token: { fingerprint: "aaaaaaaaaaaa", tail: "tailtail" },
  liveness: { alive: true },
  evidence: anEvidence(),
  type: "SYSTEM_USER",
  appId: "100000000000042",
  appName: "Orders",
  userId: "100000000003001",
  issuedAt: new Date("2026-01-01T00:00:00.000Z"),
  expiry: { kind: "never" },
  dataAccess: { kind: "never" },
  scopes: SCOPES,
  scopesEvidence: anEvidence(),
  assets: [],
  version: { answered: "v26.0", pinned: "v26.0" },
  debugged: true,
  proofRefused: null,
  ...fields,
});

export const aFailure = (fields: Partial<InspectionFailure> = {}): InspectionFailure => ({
  kind: "unreachable",
  message: "GET /debug_token was not answered in time.",
  retryAfterMs: null,
  evidence: null,
  ...fields,
});

/** A finding with the usual severity of its code. */
export const aFinding = (code: FindingCode, fields: Partial<Finding> = {}): Finding => ({
  code,
  severity: CATALOGUE[code].severity,
  objects: [],
  evidence: anEvidence(),
  notRecheckedSince: null,
  ...fields,
});

type VerdictFields = Partial<Omit<Verdict, "token" | "state">> & { readonly token?: Partial<TokenFacts> };

/** A verdict with an answer. Its state follows from its findings; healthy without findings. */
export const aVerdict = (fields: VerdictFields = {}): Verdict => {
  const findings = fields.findings ?? [];
  const state = worstState(findings);
  return {
    state,
    alive: !findings.some((finding) => ["expired", "revoked", "invalid"].includes(finding.code)),
    findings,
    failure: null,
    assets: [],
    threshold: null,
    evidence: anEvidence(),
    answer: anEvidence(),
    checkedAt: NOW,
    ...fields,
    token: {
      fingerprint: "aaaaaaaaaaaa",
      tail: "tailtail",
      type: "SYSTEM_USER",
      appId: "100000000000042",
      appName: "Orders",
      userId: "100000000003001",
      issuedAt: new Date("2026-01-01T00:00:00.000Z"),
      expiry: { kind: "never" },
      dataAccess: { kind: "never" },
      scopes: SCOPES,
      missingScopes: [],
      extraScopes: [],
      ...fields.token,
    },
  };
};

/** A verdict inside a threshold of the usual policy (`1d` is its shortest, hence critical). */
export const anExpiring = (threshold: string, expiresAt: Date, fields: VerdictFields = {}): Verdict =>
  aVerdict({
    findings: [
      ...(fields.findings ?? []),
      aFinding("expires_soon", {
        severity: threshold === "1d" ? "critical" : "warning",
        facts: { kind: "end", at: expiresAt, past: expiresAt <= NOW },
      }),
    ],
    threshold,
    token: { expiry: { kind: "at", at: expiresAt }, ...fields.token },
  });

/** The verdict of a check without an answer. */
export const anUnknown = (failure: Partial<InspectionFailure> = {}): Verdict => ({
  ...aVerdict({ alive: null, evidence: null, answer: null }),
  state: "unknown",
  failure: aFailure(failure),
  token: null,
});

export const aWatch = (fields: Partial<Watch> = {}): Watch => ({
  name: "orders-prod",
  source: { kind: "env", name: "ORDERS_TOKEN" },
  phoneNumberId: "100000000002001",
  whatsappBusinessAccountId: "100000000001001",
  app: undefined,
  channel: "C0123456789",
  owner: "U0123456789",
  oncall: undefined,
  consumers: ["checkout", "crm"],
  renew: { write: undefined, beforeMs: undefined, proofs: [] },
  policy: aPolicy(),
  checkIntervalMs: 15 * 60_000,
  ...fields,
});

export const aCard = (fields: Partial<WatchSnapshot> = {}): WatchSnapshot => ({
  name: "orders-prod",
  channel: "C0123456789",
  owner: "U0123456789",
  oncall: undefined,
  consumers: ["checkout", "crm"],
  source: "variable ORDERS_TOKEN",
  phoneNumberId: "100000000002001",
  whatsappBusinessAccountId: "100000000001001",
  appId: undefined,
  ...fields,
});

/** An open alert about a phone number that is not reached. */
export const anAlert = (fields: Partial<Alert> = {}): Alert => {
  const verdict =
    fields.verdict === undefined ? aVerdict({ findings: [aFinding("phone_unreachable")] }) : fields.verdict;
  return {
    id: "alert-1",
    card: aCard(),
    kind: "problem",
    severity: verdict?.findings.some(({ severity }) => severity === "critical") === true ? "critical" : "warning",
    openedAt: NOW,
    resolvedAt: null,
    resolution: null,
    failing: null,
    before: {
      fingerprint: verdict?.token?.fingerprint ?? null,
      expiry: verdict?.token?.expiry ?? { kind: "not_known" },
    },
    acknowledged: null,
    snoozed: null,
    checked: null,
    spokeAt: NOW,
    criticalSince: null,
    escalatedAt: null,
    resolvedMatter: null,
    reopened: null,
    revision: 1,
    acceptedAt: NOW,
    ...fields,
    verdict,
  };
};

/** Escalates to another channel after an hour. */
export const anEscalation = (fields: Partial<Escalation> = {}): Escalation => ({
  routes: ["C0000000099"],
  afterMs: 3_600_000,
  newId: () => "message-1",
  ...fields,
});

/** No escalation. */
export const NO_ESCALATION = anEscalation({ routes: [] });
