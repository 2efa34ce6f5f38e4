import type { Evidence, SendingEntity } from "../inspection.ts";
import type { ShapeProblem } from "../secret/shape-problem.ts";

/** Most severe first. */
export const SEVERITIES = ["critical", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The results of a check. `unknown` means that the check gave no answer. */
export const STATES = ["healthy", "expiring", "degraded", "expired", "revoked", "invalid", "unknown"] as const;
export type State = (typeof STATES)[number];

/**
 * Each finding code with the state that it causes. Null: the finding does not change the state and does not open an
 * alert.
 */
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
 * Details that the text of a finding needs in addition to its objects and evidence. They are part of the finding,
 * because a carried-over finding stays while the rest of the verdict changes. Findings that older versions stored have
 * no facts.
 */
export type FindingFacts =
  /** For `wrong_app` and `app_blocked`. `deleted`: Meta says that the app was deleted. */
  | { readonly kind: "app"; readonly name: string | null; readonly deleted: boolean }
  /** For an ID of another kind of object. `node`: Graph's name for that kind, such as `WhatsAppBusinessAccount`. */
  | { readonly kind: "node"; readonly node: string }
  /** For `other_account`: the accounts that Meta names, and the configured one. */
  | { readonly kind: "accounts"; readonly accounts: readonly string[]; readonly configured: string }
  /** For `not_registered`: the values from Meta that show it. A value that does not show it is null. */
  | { readonly kind: "registration"; readonly status: string | null; readonly platform: string | null }
  /** For `sending_blocked` and `sending_limited`: the entities that block or limit sending, and Meta's reasons. */
  | {
      readonly kind: "sending";
      readonly entities: readonly SendingEntity[];
      readonly obstacles: readonly string[];
    }
  /** For findings about a date. `past`: the date had passed at the time of the check. */
  | { readonly kind: "end"; readonly at: Date; readonly past: boolean }
  /** For `not_system_user`: Graph's name for the token type. */
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "versions"; readonly answered: string; readonly pinned: string }
  | { readonly kind: "shape"; readonly problem: ShapeProblem };

/**
 * One observation in a verdict. A verdict has at most one per code: it lists every object concerned. words/ has the
 * texts.
 */
export interface Finding {
  readonly code: FindingCode;
  /** `other_kind`: the ID belongs to another kind of object. Absent: any other reason. */
  readonly why?: "other_kind" | undefined;
  readonly severity: Severity;
  readonly facts?: FindingFacts | undefined;
  /** The scopes or asset IDs that the finding is about. Empty when it is about the whole token. */
  readonly objects: readonly string[];
  /** The call that proved the finding. Null for a shape check, which makes no call. */
  readonly evidence: Evidence | null;
  /**
   * The time of the last proof, when a later check could not repeat it. Null when the latest check proved the finding.
   */
  readonly notRecheckedSince: Date | null;
}

/** The rank of a state: expired = revoked = invalid > degraded > expiring > healthy > unknown. */
export function badness(state: State): number {
  return BADNESS[state];
}

export function isDead(state: State): boolean {
  return BADNESS[state] === BADNESS.expired;
}

/** The worst state that a finding causes. `healthy` when no finding causes one. */
export function worstState(findings: readonly Finding[]): State {
  return findings
    .map((finding) => FINDING_STATES[finding.code])
    .reduce<State>((worst, state) => (state !== null && badness(state) > badness(worst) ? state : worst), "healthy");
}

/**
 * The most severe finding that causes this state. Undefined when none does (healthy, unknown). Expects sorted findings.
 */
export function findingOf(state: State, findings: readonly Finding[]): Finding | undefined {
  return findings.find((finding) => FINDING_STATES[finding.code] === state);
}

/** Sorts the most severe finding first, then the one with the worse state. */
export function bySeverity(a: Finding, b: Finding): number {
  return SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity] || badnessOf(b) - badnessOf(a);
}

export function isCritical(finding: Finding): boolean {
  return finding.severity === "critical";
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

const SEVERITY_RANK: Record<Severity, number> = { critical: 2, warning: 1, info: 0 };

function badnessOf({ code }: Finding): number {
  const state = FINDING_STATES[code] ?? null;
  return state === null ? -1 : badness(state);
}
