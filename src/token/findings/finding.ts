import type { Evidence, SendingEntity } from "../inspection.ts";
import type { ShapeProblem } from "../secret/shape-problem.ts";
import { CATALOGUE, type SEVERITIES, type STATES } from "./catalogue.ts";

export type Severity = (typeof SEVERITIES)[number];

export type State = (typeof STATES)[number];

export type FindingCode = keyof typeof CATALOGUE;

/** A code whose finding makes a living token degraded. */
export type DegradingCode = {
  [Code in FindingCode]: (typeof CATALOGUE)[Code] extends { readonly state: "degraded" } ? Code : never;
}[FindingCode];

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

/** False for a code that a newer version stored. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(CATALOGUE, code);
}

/** The state that a finding causes. Null: none, so it opens no alert. */
export function stateCausedBy({ code }: Pick<Finding, "code">): State | null {
  return isFindingCode(code) ? CATALOGUE[code].state : null;
}

/** True for a finding that only says that something was not read. It makes a problem neither worse nor better. */
export function isAboutUnread({ code }: Pick<Finding, "code">): boolean {
  return isFindingCode(code) && CATALOGUE[code].provedBy === "failed_call";
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
    .map(stateCausedBy)
    .reduce<State>((worst, state) => (state !== null && badness(state) > badness(worst) ? state : worst), "healthy");
}

/**
 * The most severe finding that causes this state. Undefined when none does (healthy, unknown). Expects sorted findings.
 */
export function findingOf(state: State, findings: readonly Finding[]): Finding | undefined {
  return findings.find((finding) => stateCausedBy(finding) === state);
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

function badnessOf(finding: Finding): number {
  const state = stateCausedBy(finding);
  return state === null ? -1 : badness(state);
}
