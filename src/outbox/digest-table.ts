import type { Alert } from "../alert/alert.ts";
import type { State } from "../token/findings/finding.ts";
import type { Expiry } from "../token/expiry.ts";
import type { Actor } from "../renewal/renewal.ts";
import type { AssetKind, Evidence, InspectionFailure } from "../token/inspection.ts";

/** A configured ID that was not read. */
export interface UnreadRow {
  readonly kind: AssetKind;
  readonly id: string;
  /** The reason; words/ has its text. Null in digests of older versions, which stored the text in `reason`. */
  readonly failure: Pick<InspectionFailure, "kind" | "evidence"> | null;
  readonly reason?: string | undefined;
}

export interface DigestRow {
  readonly watch: string;
  /** The state of the last answer; `unknown` before the first. */
  readonly state: State;
  readonly expiry: Expiry;
  /** When the last answer came; null when there was none. */
  readonly answeredAt: Date | null;
  /** The call that proved the state. Null before the first answer, and for a value that needed no call. */
  readonly evidence: Evidence | null;
  /** Configured IDs of a living token that were not read, with the reason. */
  readonly unread: readonly UnreadRow[];
  /** The open alert's severity; null when none is open. */
  readonly alert: Alert["severity"] | null;
  readonly acknowledged: boolean;
  /** The end of its snooze; null when it is not snoozed. */
  readonly snoozedUntil: Date | null;
  /** Scopes of the token that the watch does not require. */
  readonly extraScopes: readonly string[];
  /** True: a never-expiring token older than a year. */
  readonly old: boolean;
}

/** Counts over all watches, including watches without a row. */
export interface DigestCounts {
  /** Worst first. */
  readonly states: readonly { readonly state: State; readonly count: number }[];
  /** Open alerts. `acknowledged` and `snoozed` count parts of them; `snoozed` leaves out acknowledged alerts. */
  readonly alerts: number;
  readonly acknowledged: number;
  readonly snoozed: number;
  /** Healthy watches with a configured ID that was not read. */
  readonly unread: number;
}

/** A watch whose token was renewed since the last digest. */
export interface RenewedRow {
  readonly watch: string;
  /** The one that started the renewal; the bot when it refreshed by itself. */
  readonly by: Actor;
  /** The end of the new token. */
  readonly expiry: Expiry;
}

/** Why a fleet is not watched as its list says now. */
export interface FleetTrouble {
  readonly fleet: string;
  /** Whole sentences, with the next step. */
  readonly message: string;
}

/** Rows, worst first. `more` counts the watches without a row. */
export interface DigestTable {
  readonly counts: DigestCounts;
  readonly rows: readonly DigestRow[];
  readonly more: number;
  /** Since the last digest, oldest first. Empty in digests of older versions. */
  readonly renewed: readonly RenewedRow[];
  /** The fleets whose list could not be read or accepted, or keeps watches because of malformed lines. Empty in digests of older versions. */
  readonly fleets: readonly FleetTrouble[];
}
