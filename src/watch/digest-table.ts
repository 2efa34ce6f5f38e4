import type { State } from "../token/finding.ts";
import type { Expiry } from "../token/expiry.ts";
import type { AssetKind, Evidence } from "../token/inspection.ts";

/** A configured id that was not read. */
export interface UnreadRow {
  readonly kind: AssetKind;
  readonly id: string;
  readonly reason: string;
}

/** One watch in the digest. */
export interface DigestRow {
  readonly watch: string;
  /** Of the last answer; `unknown` before the first. */
  readonly state: State;
  readonly expiry: Expiry;
  /** When the last answer came; null when there was none. */
  readonly answeredAt: Date | null;
  /** The call that proved the state; null before the first answer, and for a value that no call was made for. */
  readonly evidence: Evidence | null;
  /** The configured ids of a live token that were not read, and why. */
  readonly unread: readonly UnreadRow[];
  /** The open alert's severity; null when none is open. */
  readonly alert: "critical" | "warning" | null;
  readonly acknowledged: boolean;
  /** Until when somebody wants no reminder of it; null when nobody does. */
  readonly snoozedUntil: Date | null;
  /** Scopes that the token has and nobody asked for. */
  readonly extraScopes: readonly string[];
  /** A token without end that was made more than a year ago. */
  readonly old: boolean;
}

/** What the digest is over: every watch, also those that have no row. */
export interface DigestCounts {
  /** Worst first. */
  readonly states: readonly { readonly state: State; readonly count: number }[];
  /** Open alerts, and of those the acknowledged ones, and those only snoozed. */
  readonly alerts: number;
  readonly acknowledged: number;
  readonly snoozed: number;
  /** Of the healthy ones, those with a configured id that was not read. */
  readonly unread: number;
}

/** Rows worst first; `more` counts the watches left out. */
export interface DigestTable {
  readonly counts: DigestCounts;
  readonly rows: readonly DigestRow[];
  readonly more: number;
}
