// alert/ is the core that decides what a verdict or a person's action changes in an alert. It imports token/ and its own
// files. To add a change that people see: add its reason below, the rule to the file that transition.ts calls for it,
// and a row to the transition table of the tests.
import type { Expiry } from "../token/expiry.ts";
import type { Severity } from "../token/findings/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Known } from "../token/known.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchSnapshot } from "./watch-snapshot.ts";

/** Why an alert changed. words/ has a text for each reason. */
export const REASONS = [
  "first",
  "not_checked",
  "reopened",
  "lasts",
  "reminder",
  "worse",
  "better",
  "stale",
  "recovered",
  "rotated",
  "unwatched",
  "last_day",
  "escalated",
  "acknowledged",
  "unacknowledged",
  "snoozed",
  "unsnoozed",
  "snooze_over",
  "checked",
] as const;
export type Reason = (typeof REASONS)[number];

/** A finding of severity `info` opens no alert. */
export const ALERT_SEVERITIES = ["critical", "warning"] as const satisfies readonly Severity[];

/** The effect of one verdict on a watch's alert. `edit` changes the message without a reply; `none` changes nothing. */
export type Change =
  | { readonly kind: "none" | "edit" }
  | { readonly kind: "open" | "update" | "resolve"; readonly reason: Reason };

/** A series of inspections without an answer. */
export interface Failing {
  readonly failure: InspectionFailure;
  readonly since: Date;
  readonly tries: number;
}

/** One reply about an alert, in the thread of a message that shows it. */
export interface Reply {
  readonly reason: Reason;
  readonly at: Date;
  /** True: mentions the owner and is also shown in the channel. */
  readonly notice: boolean;
  readonly verdict: Verdict | null;
  /** The Slack user ID of the person that acted; null when the bot acted by itself. */
  readonly by: string | null;
}

/** A person wants no reminders until a time. */
export interface Snooze extends Acknowledgement {
  readonly until: Date;
  /** The person's own text, as typed. */
  readonly reason: string;
}

/** Identifies the problem of an alert. A later problem with the same matter is the same problem. */
export interface Matter {
  /** Null when the problem does not depend on the token. */
  readonly fingerprint: string | null;
  /** Finding codes, unread IDs or a failure kind, sorted. */
  readonly codes: readonly string[];
}

/** A problem of one watch. One Slack message shows it and is edited until the problem is fixed. */
export interface Alert {
  readonly id: string;
  readonly card: WatchSnapshot;
  /**
   * `not_checked`: the check gave no complete answer. `failing` holds the reason. When `failing` is null, the token is
   * alive, but IDs in the verdict's `assets` were not read.
   */
  readonly kind: Known["kind"];
  readonly severity: (typeof ALERT_SEVERITIES)[number];
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  /** How it ended; null while open. */
  readonly resolution: Reason | null;
  /** The last verdict with an answer, which the message shows; null when there was none. */
  readonly verdict: Verdict | null;
  /** Set while checks give no answer: the alert is `not_checked`, or its verdict is old. */
  readonly failing: Failing | null;
  /**
   * The token's expiry and fingerprint when the alert opened. After the fix, the values that the message showed last.
   * The message compares them with the new ones ("before → after").
   */
  readonly before: { readonly fingerprint: string | null; readonly expiry: Expiry };
  /** Any change for the worse clears it. */
  readonly acknowledged: Acknowledgement | null;
  /** Any change for the worse clears it, and it ends at its time. */
  readonly snoozed: Snooze | null;
  /** The last press of Check now; null when there was none. */
  readonly checked: { readonly by: string; readonly at: Date } | null;
  /** When people were last notified. Reminders count from here. */
  readonly spokeAt: Date;
  /** When the wait for a person started. Escalation counts from here. Null while the alert is not critical. */
  readonly criticalSince: Date | null;
  /** When it was last escalated; on-call then gets updates too. Null if never. */
  readonly escalatedAt: Date | null;
  /**
   * Its matter when it was resolved; null if it never was. A later problem with the same matter can reopen this alert.
   */
  readonly resolvedMatter: Matter | null;
  /** Set when it was reopened. */
  readonly reopened: Reopened | null;
  /**
   * When Slack first accepted it, or when its channel refused it a second time. Null until then. Only the outbox sets
   * it.
   */
  readonly acceptedAt: Date | null;
  /** Every change raises it by one. The store refuses to save an older revision. */
  readonly revision: number;
}

/** How bad an alert is, or that it is over. */
export type Standing = Alert["severity"] | "over";

/** A resolved alert. */
export interface PastAlert {
  readonly alert: Alert;
  /** True: the thread does not say yet that it ended. */
  readonly isEndOwed: boolean;
}

/** The stored state of one watch between rounds. */
export interface WatchState {
  /** The last verdict with an answer, never `unknown`. It keeps findings that could not be checked again. */
  readonly verdict: Verdict | null;
  /** Set while inspections fail. */
  readonly failing: Failing | null;
  /** The fingerprint of the last token that was alive. If this token dies without another reason, it was revoked. */
  readonly aliveFingerprint: string | null;
  /** The thresholds already announced for one token. Each is announced once. */
  readonly told: { readonly fingerprint: string; readonly thresholds: readonly string[] } | null;
  /** The open alert, or the alert that this round resolved. */
  readonly alert: Alert | null;
  /** Recently resolved alerts, latest first. Absent when there are none. */
  readonly lately?: readonly PastAlert[];
}

export const NEW_WATCH: WatchState = {
  verdict: null,
  failing: null,
  aliveFingerprint: null,
  told: null,
  alert: null,
};

/** A person saw the problem and works on it. */
interface Acknowledgement {
  /** Slack user ID. */
  readonly by: string;
  readonly at: Date;
}

/** Set when the problem came back soon after its end. The bot then edits the old message. */
interface Reopened {
  readonly times: number;
  /** When it last came back. */
  readonly at: Date;
  /** True after a reply announced that it came back. */
  readonly told: boolean;
  /** True: the thread already says that the problem is fixed. */
  readonly endSaid: boolean;
}
