import type { Alert, Reason, Word } from "./alert.ts";
import type { HistoryEntry } from "./history.ts";
import type { DigestTable } from "./digest-table.ts";

/** Where a Slack message stands: channel and `ts` as Slack returned them. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** Lists mention alerts that live elsewhere. */
const LISTS = ["escalation", "fallback", "reminders"] as const;

/** Reports show no alert. Of several that wait, of one kind and for one place, the latest says it all. */
const REPORTS = ["digest", "absence"] as const;

type ReportKind = (typeof REPORTS)[number];

/** A kind of message that no alert lives in. */
export type ListKind = (typeof LISTS)[number] | ReportKind;

export const LIST_KINDS: readonly ListKind[] = [...LISTS, ...REPORTS];

/** An alert lives in a message of one of these kinds. */
const HOMES = ["alert", "group"] as const;

export const HOME_KINDS: readonly MessageKind[] = HOMES;

export type MessageKind = (typeof HOMES)[number] | ListKind;

/** What a message says beside the alerts that it shows; the kinds that are not here have nothing more to say. */
export type MessageBody =
  /** A channel does not take its alerts, so they are told here. `error` is Slack's word, with what to do about it. */
  | { readonly kind: "fallback"; readonly channel: string; readonly error: string }
  /** The bot was away and is back. `missed` holds the worst of what it found then; `more` counts the rest. */
  | {
      readonly kind: "absence";
      readonly from: Date;
      readonly to: Date;
      readonly watches: number;
      readonly missed: readonly HistoryEntry[];
      readonly more: number;
    }
  | ({ readonly kind: "digest" } & DigestTable);

/** One Slack message with a thread. */
export interface Message {
  readonly id: string;
  readonly kind: MessageKind;
  /** Of `alert` the alert's id, of `group` the cause that its alerts share; null in the other kinds. */
  readonly subject: string | null;
  /** Channels and people that may get it, best first; a post goes to the first. Never empty. */
  readonly routes: readonly string[];
  /** Where Slack has it; null until then. */
  readonly ref: MessageRef | null;
  readonly createdAt: Date;
  /** When people were last told in a way they must notice; null before the first post. */
  readonly spokeAt: Date | null;
  /** How often it was refused since Slack last took something of it. */
  readonly failures: number;
}

/** An alert in a message. */
export interface Shown {
  readonly alert: Alert;
  /**
   * `home`: it lives in this message. `mention`: a list names it. `former`: it lived here and lives elsewhere now, or
   * has no home yet; it is here because the message still owes a word about it (or is its old `alert` message).
   */
  readonly as: "home" | "mention" | "former";
  /** Where the message stands that it lives in, for links; null until Slack has that. */
  readonly home: MessageRef | null;
}

/** One thing that Slack does not have yet. Writers insert it; only the outbox removes it, once it was delivered. */
export interface Owed {
  /** `<alert>/<revision>/<what>`, for a mention `<message>/<alert>/<revision>/<what>`: made by the writer, never a sequence. */
  readonly id: string;
  /** Null for a message that shows no alert. */
  readonly alert: string | null;
  /** The alert's revision that it came with; 0 without an alert. */
  readonly revision: number;
  /** `content`: the message must be edited or posted. `joined`, `left`: the alert is new here, or gone. Else a word. */
  readonly what: "content" | "joined" | "left" | Reason;
  /** 0: a person's answer; 1: critical; 2: the rest. */
  readonly priority: 0 | 1 | 2;
  /** Not before; also the order. */
  readonly at: Date;
  /** People must notice: mentions the owner and is shown in the channel as well. */
  readonly notice: boolean;
  /** What the thread is told; null for `content`, `joined` and `left`. */
  readonly word: Word | null;
  /** A `fallback` message says it. */
  readonly toldElsewhere: boolean;
}

/** A message with what it shows and what Slack does not have of it. */
export interface Delivery {
  readonly message: Message;
  /** Homes: those that live here, oldest first, and former ones. Lists: those that they mention. */
  readonly alerts: readonly Shown[];
  readonly body: MessageBody | null;
  /** By (priority, at, id). */
  readonly owed: readonly Owed[];
}

/** A message that is to be sent, as a writer makes it. It mentions `alerts`, and owes a `joined` row for each of them. */
export interface NewMessage {
  readonly id: string;
  readonly kind: Exclude<ListKind, "reminders">;
  readonly routes: readonly string[];
  readonly body: MessageBody | null;
  /** Alert ids; none for reports, which owe one `joined` row without an alert. */
  readonly alerts: readonly string[];
  readonly severity: Alert["severity"];
  readonly at: Date;
}

/** Where a message stands; until it is posted, where it goes. */
export function placeOf({ ref, routes }: Pick<Message, "ref" | "routes">): string {
  return ref?.channel ?? routes[0] ?? "";
}

/** True for a message that alerts live in. */
export function isHome({ kind }: Pick<Message, "kind">): boolean {
  return HOME_KINDS.includes(kind);
}

export function isReport(kind: MessageKind): boolean {
  return REPORTS.some((report) => report === kind);
}
