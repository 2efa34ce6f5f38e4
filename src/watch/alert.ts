import type { Expiry } from "../token/expiry.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchCard } from "./watch.ts";

/** Why an alert changed. */
export type Reason =
  | "first"
  | "not_checked"
  | "reopened"
  | "lasts"
  | "reminder"
  | "worse"
  | "better"
  | "stale"
  | "recovered"
  | "rotated"
  | "unwatched"
  | "last_day"
  | "escalated"
  | "acknowledged"
  | "unacknowledged"
  | "snoozed"
  | "unsnoozed"
  | "snooze_over"
  | "checked";

/** What one verdict does to a watch's alert. `edit` changes the message without a word; `none` leaves it as it is. */
export type Change =
  | { readonly kind: "none" | "edit" }
  | { readonly kind: "open" | "update" | "resolve"; readonly reason: Reason };

/** A run of inspections that found nothing out. */
export interface Failing {
  readonly failure: InspectionFailure;
  readonly since: Date;
  readonly tries: number;
}

/** One word to people about an alert, in the thread of a message that shows it. */
export interface Word {
  readonly reason: Reason;
  readonly at: Date;
  /** People must notice: mentions the owner and is shown in the channel as well. */
  readonly notice: boolean;
  readonly verdict: Verdict | null;
  /** The Slack user id of the person it reports on; null when nobody asked for it. */
  readonly by: string | null;
}

/** Somebody has seen the problem and deals with it. */
export interface Acknowledgement {
  /** Slack user id. */
  readonly by: string;
  readonly at: Date;
}

/** Somebody wants no reminder until a time. */
export interface Snooze extends Acknowledgement {
  readonly until: Date;
  /** In that person's words, as typed. */
  readonly reason: string;
}

/** What an alert is about, as far as it decides whether a later problem is the same one. */
export interface Matter {
  /** Null when it does not depend on the token. */
  readonly fingerprint: string | null;
  /** Sorted. */
  readonly codes: readonly string[];
}

/** An alert that was resolved and came back within a short time, by an edit of its message. */
interface Reopened {
  readonly times: number;
  /** The last time. */
  readonly at: Date;
  /** True once people were told of it by a reply since then. */
  readonly told: boolean;
  /** The thread already says of an earlier end that the problem is fixed. */
  readonly endSaid: boolean;
}

/** The open problem of one watch; one Slack message follows it by edits. */
export interface Alert {
  readonly id: string;
  readonly card: WatchCard;
  /**
   * `not_checked`: we could not find out. `failing` says why nothing was found out; when it is null, the token is alive
   * and ids of the verdict's `assets` were not read.
   */
  readonly kind: "problem" | "not_checked";
  readonly severity: "critical" | "warning";
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  /** How it ended; null while open. */
  readonly resolution: Reason | null;
  /** The answered verdict that the message shows; null when there never was one. */
  readonly verdict: Verdict | null;
  /** Set while nothing is found out: the alert is `not_checked` for that, or its verdict is stale. */
  readonly failing: Failing | null;
  /** The token's end and fingerprint when the alert opened; once it is fixed those shown last, for before → after. */
  readonly before: { readonly fingerprint: string | null; readonly expiry: Expiry };
  /** Ended by every change for the worse. */
  readonly acknowledged: Acknowledgement | null;
  /** Ended by every change for the worse, and by itself when its time comes. */
  readonly snoozed: Snooze | null;
  /** Who last had it checked by the button; null while nobody did. */
  readonly checked: { readonly by: string; readonly at: Date } | null;
  /** When people were last told; reminders count from here. */
  readonly spokeAt: Date;
  /** Since when it is critical without anybody having answered; escalation counts from here. Null while not critical. */
  readonly criticalSince: Date | null;
  /** When it last went to those who come next, who then hear how it goes on; null while it never did. */
  readonly escalatedAt: Date | null;
  /** What it was about when it was resolved; null while it never was. The same matter opens this alert again. */
  readonly resolvedMatter: Matter | null;
  /** Set once it was opened again after it was resolved. */
  readonly reopened: Reopened | null;
  /** When Slack first had it, or its channel refused it a second time; null until then. Only the outbox sets it. */
  readonly acceptedAt: Date | null;
  /** Raised once by every change; a save of an older one is refused. */
  readonly revision: number;
}

/** An alert that is over. */
export interface PastAlert {
  readonly alert: Alert;
  /** The word that it is over is still owed: its thread does not say so yet. */
  readonly isEndOwed: boolean;
}

/** What is remembered of one watch between rounds. */
export interface WatchState {
  /** The last answered verdict, never `unknown`; findings that could not be re-checked are carried in it. */
  readonly verdict: Verdict | null;
  /** Set while inspections fail. */
  readonly failing: Failing | null;
  /** The last token seen alive: an unexplained end of it is a revocation. */
  readonly aliveFingerprint: string | null;
  /** The thresholds already told of one token; each speaks once. */
  readonly told: { readonly fingerprint: string; readonly thresholds: readonly string[] } | null;
  /** The open alert, or the one that this round resolved. */
  readonly alert: Alert | null;
  /** Alerts that were resolved a short time ago, the latest first; absent when there are none. */
  readonly lately?: readonly PastAlert[];
}

export const NEW_WATCH: WatchState = {
  verdict: null,
  failing: null,
  aliveFingerprint: null,
  told: null,
  alert: null,
};
