// outbox/ is the core that delivers. It decides which message shows an alert, what Slack does not have yet, and the next
// call to Slack. It imports token/, alert/ and the types of renewal/, and reaches stores and Slack through outbox.ts and notifier.ts.
// To add a kind of message: see CONTRIBUTING.md.
import type { Alert, Reason, Reply } from "../alert/alert.ts";
import type { HistoryEntry } from "../alert/history.ts";
import type { RenewalEntry } from "../renewal/audit.ts";
import type { Renewal } from "../renewal/renewal.ts";
import type { DigestTable } from "./digest-table.ts";

/** The position of a Slack message: channel and `ts`, as Slack returned them. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** A kind of message that is not a home. */
export type ListKind = MergedKind | "renewal";

/** Regroup can merge unsent messages of these kinds. The message of a renewal stays separate. */
export type MergedKind = (typeof LISTS)[number] | ReportKind;

/** Lists mention alerts whose home is another message. */
const LISTS = ["escalation", "fallback", "reminders"] as const;

/**
 * Reports show no alert. When several reports of one kind wait for one place, only the latest is sent. Absences are the
 * exception: every one is sent.
 */
const REPORTS = ["digest", "absence"] as const;

export const MERGED_KINDS: readonly MergedKind[] = [...LISTS, ...REPORTS];

/** Each alert has one home: the message that shows it in its channel until it ends. A home has one of these kinds. */
const HOMES = ["alert", "group"] as const;

export const HOME_KINDS: readonly MessageKind[] = HOMES;

export type MessageKind = (typeof HOMES)[number] | ListKind;

/** The content of a message apart from its alerts. The other kinds have none. */
export type MessageBody =
  /** A channel refused its alerts, so they are listed here. `error` is Slack's error with the next step. */
  | { readonly kind: "fallback"; readonly channel: string; readonly error: string }
  /** The bot works again after an absence. `missed` holds the worst findings; `more` counts the rest. */
  | {
      readonly kind: "absence";
      readonly from: Date;
      readonly to: Date;
      readonly watches: number;
      readonly missed: readonly HistoryEntry[];
      readonly more: number;
    }
  | ({ readonly kind: "digest" } & DigestTable);

/** One Slack message and its thread. */
export interface Message {
  readonly id: string;
  readonly kind: MessageKind;
  /** For `alert` the alert's ID, for `group` the cause of its alerts, for `renewal` the renewal's ID, else null. */
  readonly subject: string | null;
  /** Channels and people that can receive it, best first. A post goes to the first. Never empty. */
  readonly routes: readonly string[];
  /** Its position in Slack; null until it is posted. */
  readonly ref: MessageRef | null;
  readonly createdAt: Date;
  /** When a post or reply last notified people; null before the first post. */
  readonly spokeAt: Date | null;
  /** Refusals since Slack last accepted a call for it. */
  readonly failures: number;
}

export interface Shown {
  readonly alert: Alert;
  /**
   * `home`: this message is its home. `mention`: a list names it. `former`: this message was its home before. The
   * message still owes a reply about it, or is its old `alert` message.
   */
  readonly as: "home" | "mention" | "former";
  /** The position of its home, for links; null until that is posted. */
  readonly home: MessageRef | null;
}

/** One change that Slack does not show yet. Writers insert it; only the outbox removes it, after its delivery. */
export interface Owed {
  /**
   * `<alert>/<revision>/<what>`, or `<message>/<alert>/<revision>/<what>` for a mention, or `<renewal>/<revision>/<…>`.
   * The writer derives it from the change, so that a repeated save adds no second row.
   */
  readonly id: string;
  /** Null for a message without alerts. */
  readonly alert: string | null;
  /** The revision of the alert or renewal at the change; 0 for a report. */
  readonly revision: number;
  /**
   * `content`: the message must be edited or posted. `joined`, `left`: the alert is new here, or left. `renewal`: a
   * reply about a renewal. Any other value is a reply about an alert.
   */
  readonly what: "content" | "joined" | "left" | "renewal" | Reason;
  /** 0: a person's answer; 1: critical; 2: others. */
  readonly priority: 0 | 1 | 2;
  /** The earliest time of delivery. Within a priority, rows with an earlier time go first. */
  readonly at: Date;
  /** True: the reply mentions the owner and is also shown in the channel. */
  readonly notice: boolean;
  /** The reply about an alert; null for `content`, `joined`, `left` and `renewal`. */
  readonly reply: Reply | null;
  /** The reply about a renewal; null except for `renewal`. */
  readonly entry: RenewalEntry | null;
  /** True: a `fallback` message already says it. */
  readonly toldElsewhere: boolean;
}

/** A message with its alerts and its owed rows. */
export interface Delivery {
  readonly message: Message;
  /** Homes: alerts that live here, oldest first, and former ones. Lists: the alerts that they mention. */
  readonly alerts: readonly Shown[];
  readonly body: MessageBody | null;
  /** The renewal of a `renewal` message as it is now; null for other kinds. */
  readonly renewal: Renewal | null;
  /** Sorted by (priority, at, id). */
  readonly owed: readonly Owed[];
}

/** A new message from a writer. It mentions `alerts` and owes a `joined` row for each of them. */
export interface NewMessage {
  readonly id: string;
  readonly kind: Exclude<MergedKind, "reminders">;
  readonly routes: readonly string[];
  readonly body: MessageBody | null;
  /** Alert IDs. Empty for reports, which owe one `joined` row without an alert. */
  readonly alerts: readonly string[];
  readonly severity: Alert["severity"];
  readonly at: Date;
}

/** The channel or person of a message; before its post, the first route. */
export function placeOf({ ref, routes }: Pick<Message, "ref" | "routes">): string {
  return ref?.channel ?? routes[0] ?? "";
}

/** True for a message that is the home of alerts. */
export function isHome({ kind }: Pick<Message, "kind">): boolean {
  return HOME_KINDS.includes(kind);
}

export function isReport(kind: MessageKind): boolean {
  return REPORTS.some((report) => report === kind);
}

type ReportKind = (typeof REPORTS)[number];
