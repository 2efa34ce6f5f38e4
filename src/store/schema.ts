import type { MessageKind } from "../watch/message.ts";

/**
 * The tables. Instants are ISO 8601 text in UTC with milliseconds: of fixed width, so that they sort as text, the same
 * as in the JSON columns, readable in any database shell, and the same in every driver (an integer of that size comes
 * back as a string from pg).
 */
export interface Schema {
  readonly watches: WatchesTable;
  readonly alerts: AlertsTable;
  readonly messages: MessagesTable;
  readonly mentions: MentionsTable;
  readonly owed: OwedTable;
  readonly history: HistoryTable;
  readonly channel_slots: ChannelSlotsTable;
  readonly marks: MarksTable;
  readonly viewers: ViewersTable;
  readonly lease_owners: LeaseOwnersTable;
}

/** What somebody may take for a while; see claiming.ts. */
interface LeaseColumns {
  lease: string | null;
  /** The program that took it; null in rows from before it was kept. */
  lease_owner: string | null;
  lease_until: string | null;
  /** When it was taken last; later than now, when the clock was set back since. */
  claimed_at: string | null;
}

export interface WatchesTable extends LeaseColumns {
  name: string;
  /** What the last watchlist said about it; null in rows from before it was kept. */
  definition: string | null;
  /** JSON of a Verdict. */
  verdict: string | null;
  /** JSON of a Failing. */
  failing: string | null;
  alive_fingerprint: string | null;
  /** JSON of the thresholds already told. */
  told: string | null;
  checked_at: string | null;
  next_due_at: string;
}

/** Every alert, the open one of a watch and the resolved ones as history. */
export interface AlertsTable {
  id: string;
  watch: string;
  opened_at: string;
  resolved_at: string | null;
  /** Raised once by every change. */
  revision: number;
  /** JSON of the rest of the Alert. */
  body: string;
  severity: "critical" | "warning";
  /** Where the configuration says that it is told. Empty in resolved rows from before it was kept. */
  card_channel: string;
  /** What alerts of one group share; null when it is told on its own. In a group that keeps it, the group's cause. */
  cause: string | null;
  /** Its home; null: regroup gives it one. */
  message_id: string | null;
  /** When Slack first had it, or its channel refused it a second time; written by the outbox only. */
  accepted_at: string | null;
}

/** Every Slack message with a thread. */
export interface MessagesTable extends LeaseColumns {
  id: string;
  kind: MessageKind;
  /** Of `alert` the alert's id, of `group` the cause; else null. */
  subject: string | null;
  /** JSON of the channels and people that may get it; `route` is the first. */
  routes: string;
  route: string;
  /** JSON of a MessageBody; null in kinds that say nothing beside their alerts. */
  body: string | null;
  created_at: string;
  /** Where Slack has it; both are null until then. Set by `sent` alone. */
  channel: string | null;
  ts: string | null;
  posted_at: string | null;
  /** When people were last told in a way they must notice. */
  spoke_at: string | null;
  /** Refusals since Slack last took something of it; that Slack is away is none. */
  failures: number;
  retry_at: string | null;
  last_error: string | null;
}

/** Alerts that a list shows: escalation, fallback, reminders. */
interface MentionsTable {
  message_id: string;
  alert_id: string;
}

/** What Slack does not have yet. Writers insert rows; only `sent`, `failed` and `prune` delete them. */
export interface OwedTable {
  id: string;
  /** Null while its alert has no home. */
  message_id: string | null;
  alert_id: string | null;
  revision: number;
  /** `content`, `joined`, `left`, or the reason of a word. */
  what: string;
  /** 0: a person's answer; 1: critical; 2: the rest. */
  priority: number;
  /** Not before; also the order. */
  at: string;
  /** 0 or 1. */
  notice: number;
  /** JSON of a Word; null for `content`, `joined` and `left`. */
  word: string | null;
  /** 0 or 1: a fallback message says it. */
  told_elsewhere: number;
}

export interface HistoryTable {
  id: string;
  watch: string;
  at: string;
  /** Counts the entries of a watch: several may be of one instant, and a clock may be set back. */
  position: number;
  /** JSON of the rest of the HistoryEntry. */
  body: string;
}

/** When the next message may go to a channel. */
export interface ChannelSlotsTable {
  channel: string;
  /** When the last slot was asked for; later than now, when the clock was set back since. */
  asked_at: string | null;
  next_at: string | null;
  /** Slack asked to wait until then. */
  delayed_until: string | null;
}

/** Times that all replicas share. */
interface MarksTable {
  name: string;
  at: string;
  spec: string;
}

/** Programs that take rows, and when each of them last said that it lives; see lease-owners.ts. */
interface LeaseOwnersTable {
  id: string;
  seen_at: string;
}

/** Who opened the bot's Home, and when last. */
interface ViewersTable {
  user_id: string;
  seen_at: string;
}
