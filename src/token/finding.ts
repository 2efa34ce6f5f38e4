import type { Evidence, SendingEntity } from "./inspection.ts";
import type { ShapeProblem } from "./shape-problem.ts";

export type Severity = "critical" | "warning" | "info";

/** What we may say about a token. `unknown` is the absence of an answer, not an answer. */
export type State = "healthy" | "expiring" | "degraded" | "expired" | "revoked" | "invalid" | "unknown";

/** Every finding, with the state it makes; null never changes the state and never opens an alert. */
export const FINDING_STATES = {
  expired: "expired",
  revoked: "revoked",
  invalid: "invalid",
  not_a_token: "invalid",
  wrong_app: "degraded",
  scope_missing: "degraded",
  app_blocked: "degraded",
  phone_unreachable: "degraded",
  waba_unreachable: "degraded",
  sending_blocked: "degraded",
  expires_soon: "expiring",
  reach_not_checked: null,
  other_account: null,
  not_registered: null,
  temporary_token: null,
  not_system_user: null,
  data_access_ended: null,
  expiry_not_known: null,
  proof_refused: null,
  scope_extra: null,
  sending_limited: null,
  data_access_ending: null,
  graph_version_old: null,
} as const satisfies Record<string, State | null>;

export type FindingCode = keyof typeof FINDING_STATES;

/**
 * What the sentence about a finding names beyond its objects and evidence. A finding keeps its facts when it is carried
 * over, although the rest of the verdict changes. Rows that older versions stored have none.
 */
export type FindingFacts =
  /** Of `wrong_app` and `app_blocked`. `deleted`: Meta says that the app was deleted. */
  | { readonly kind: "app"; readonly name: string | null; readonly deleted: boolean }
  /** Of an id of another kind of object: Graph's name for that kind, such as `WhatsAppBusinessAccount`. */
  | { readonly kind: "node"; readonly node: string }
  /** Of `other_account`: the accounts that Meta names, and the configured one. */
  | { readonly kind: "accounts"; readonly accounts: readonly string[]; readonly configured: string }
  /** Of `not_registered`: what Meta reports, as far as it is the reason. */
  | { readonly kind: "registration"; readonly status: string | null; readonly platform: string | null }
  /** Of `sending_blocked` and `sending_limited`: where, and Meta's reasons. */
  | {
      readonly kind: "sending";
      readonly entities: readonly SendingEntity[];
      readonly obstacles: readonly string[];
    }
  /** Of a date: `past` when it had passed at the time of the check. */
  | { readonly kind: "end"; readonly at: Date; readonly past: boolean }
  /** Of `not_system_user`: Graph's word for the type. */
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "versions"; readonly answered: string; readonly pinned: string }
  | { readonly kind: "shape"; readonly problem: ShapeProblem };

/** One observation in a verdict. At most one per code: it names every object it is about. words/ says it in sentences. */
export interface Finding {
  readonly code: FindingCode;
  /** `other_kind`: the id is one of another kind of object. Absent: any other reason. */
  readonly why?: "other_kind" | undefined;
  readonly severity: Severity;
  readonly facts?: FindingFacts | undefined;
  /** The scopes or asset ids it is about; empty when it is about the token as a whole. */
  readonly objects: readonly string[];
  /** Null for a shape check: no call was made. */
  readonly evidence: Evidence | null;
  /** Set when the call that proved it failed since; the time of the last proof. */
  readonly notRecheckedSince: Date | null;
}

const BADNESS: Record<State, number> = {
  unknown: -1,
  healthy: 0,
  expiring: 1,
  degraded: 2,
  expired: 3,
  revoked: 3,
  invalid: 3,
};

/** expired = revoked = invalid > degraded > expiring > healthy. */
export const badness = (state: State): number => BADNESS[state];

export const isDead = (state: State): boolean => BADNESS[state] === BADNESS.expired;

/** The worst state that any finding makes. */
export const worstState = (findings: readonly Finding[]): State =>
  findings
    .map((finding) => FINDING_STATES[finding.code])
    .reduce<State>((worst, state) => (state !== null && badness(state) > badness(worst) ? state : worst), "healthy");

/** The most severe finding that makes this state; undefined when none does (healthy, unknown). */
export const findingOf = (state: State, findings: readonly Finding[]): Finding | undefined =>
  findings.find((finding) => FINDING_STATES[finding.code] === state);

const SEVERITY_RANK: Record<Severity, number> = { critical: 2, warning: 1, info: 0 };

const badnessOf = ({ code }: Finding): number => {
  const state = FINDING_STATES[code] ?? null;
  return state === null ? -1 : badness(state);
};

/** Most severe first, then what makes the worse state; the order of equals is kept. */
export const bySeverity = (a: Finding, b: Finding): number =>
  SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] || badnessOf(b) - badnessOf(a);

export const isCritical = (finding: Finding): boolean => finding.severity === "critical";
