import type { State } from "../token/finding.ts";
import type { Expiry } from "../token/expiry.ts";
import type { AssetKind, Evidence } from "../token/inspection.ts";
import type { Alert } from "./alert.ts";
import type { HistoryEntry } from "./history.ts";

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

/** What a message says that is sent once and never edited. */
export type NoteBody =
  /** A critical alert that nobody answered goes to those who come next. */
  | { readonly kind: "escalation"; readonly alert: Alert }
  /** Those it went to hear that somebody answered it, or that it is over. */
  | { readonly kind: "escalation_over"; readonly alert: Alert }
  /**
   * Alerts of one owner whose channel refuses them, told elsewhere, `alert` the worst of them. `error` is Slack's word
   * with what to do about it; `more` counts those left out, and the owner's others of that group that wait with them.
   */
  | {
      readonly kind: "refused_channel";
      readonly alert: Alert;
      readonly others: readonly Alert[];
      readonly channel: string;
      readonly error: string;
      readonly more: number;
    }
  /** The bot was away and is back. `missed` holds the worst of what it found then; `more` counts the rest. */
  | {
      readonly kind: "comeback";
      readonly from: Date;
      readonly to: Date;
      readonly watches: number;
      readonly missed: readonly HistoryEntry[];
      readonly more: number;
    }
  | ({ readonly kind: "digest" } & DigestTable);

/** One message to be sent once. */
export interface Note {
  readonly id: string;
  /** Channel or user ids: the first that takes it gets it. */
  readonly routes: readonly string[];
  /** Quiet hours hold back what is not critical. */
  readonly severity: "critical" | "warning";
  readonly at: Date;
  readonly body: NoteBody;
}
