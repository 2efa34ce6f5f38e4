import type { Alert } from "../../alert/alert.ts";
import type { MessageKind } from "../../outbox/message.ts";
import type { AuditEntry } from "../../renewal/audit.ts";
import type { State } from "../../token/findings/finding.ts";

/**
 * The tables. Instants are ISO 8601 text in UTC with milliseconds. Their width is fixed, so they sort as text, and
 * people can read them in any database shell. Every driver returns text unchanged, but pg returns large integers as
 * strings.
 */
export interface Schema {
  readonly watches: WatchesTable;
  readonly alerts: AlertsTable;
  readonly messages: MessagesTable;
  readonly mentions: MentionsTable;
  readonly owed: OwedTable;
  readonly renewals: RenewalsTable;
  readonly history: HistoryTable;
  readonly channel_slots: ChannelSlotsTable;
  readonly marks: MarksTable;
  readonly viewers: ViewersTable;
  readonly lease_owners: LeaseOwnersTable;
  readonly graph_budgets: GraphBudgetsTable;
}

export interface WatchesTable extends LeaseColumns {
  name: string;
  /** The definition in the last watchlist; null in rows of older versions. */
  definition: string | null;
  /** JSON of a Verdict. */
  verdict: string | null;
  /** JSON of a Failing. */
  failing: string | null;
  alive_fingerprint: string | null;
  /** JSON of the thresholds already announced. */
  told: string | null;
  checked_at: string | null;
  next_due_at: string;
  /** The standing (watch/standing.ts) as of the last save. `ends_at` is the end of year 9999 for a token without a known end. */
  state: State;
  rank: number;
  ends_at: string;
  /** From then on, it is checked before others near a limit of Meta. Null: no time is known. */
  urgent_at: string | null;
}

/** The budget of each Meta app that is near its limit. */
export interface GraphBudgetsTable {
  app: string;
  /** JSON of a Budget. */
  body: string;
  saved_at: string;
}

/** All alerts: at most one open alert for each watch, and the resolved ones as history. */
export interface AlertsTable {
  id: string;
  watch: string;
  opened_at: string;
  resolved_at: string | null;
  /** Every change raises it by one. */
  revision: number;
  /** JSON of the other fields of the Alert. */
  body: string;
  severity: Alert["severity"];
  /** The channel from the configuration. Empty in resolved rows of older versions. */
  card_channel: string;
  /** The shared cause of a group; null for an alert that is shown on its own. An alert keeps the cause of its group. */
  cause: string | null;
  /** Its home; null until regroup gives it one. */
  message_id: string | null;
  /** When Slack first accepted it, or when its channel refused it a second time. Only the outbox writes it. */
  accepted_at: string | null;
}

/** One row for each Slack message and its thread. */
export interface MessagesTable extends LeaseColumns {
  id: string;
  kind: MessageKind;
  /** The ID of the alert for `alert`, the cause for `group`, the ID of the renewal for `renewal`, otherwise null. */
  subject: string | null;
  /** JSON of the channels and people that can receive it; `route` is the first. */
  routes: string;
  route: string;
  /** JSON of a MessageBody; null for kinds without content of their own. */
  body: string | null;
  created_at: string;
  /** Channel and timestamp in Slack; both null until it is posted. Only `sent` sets them. */
  channel: string | null;
  ts: string | null;
  posted_at: string | null;
  /** When a post or reply last notified people. */
  spoke_at: string | null;
  /** Refusals since Slack last accepted a call for it. Outages of Slack do not count. */
  failures: number;
  retry_at: string | null;
  last_error: string | null;
}

/** Changes that Slack does not show yet. Writers insert rows; only `sent`, `failed` and `prune` delete them. */
export interface OwedTable {
  id: string;
  /** The message that must show the change; null while the alert has no home. */
  message_id: string | null;
  alert_id: string | null;
  revision: number;
  /** `content`, `joined`, `left`, `renewal`, or the reason of a reply. */
  what: string;
  /** 0: a person's answer; 1: critical; 2: others. */
  priority: number;
  /** The earliest time of delivery; rows are sent in this order. */
  at: string;
  /** 0 or 1. */
  notice: number;
  /** JSON of a Reply, or of a RenewalEntry for `renewal`; null for `content`, `joined` and `left`. */
  word: string | null;
  /** 0 or 1: a fallback message already says it. */
  told_elsewhere: number;
}

/** Renewals of tokens: at most one open renewal for each watch and each place, and the ended ones. */
export interface RenewalsTable extends LeaseColumns {
  id: string;
  watch: string;
  /** The key of the place that it saves to; null when a person saves the token. */
  place_key: string | null;
  /** Every change raises it by one. */
  revision: number;
  started_at: string;
  ended_at: string | null;
  /** 0 or 1. */
  previous_kept: number;
  /** JSON of the other fields of the Renewal. */
  body: string;
}

/** Changes of watches and alerts, steps of renewals, private checks and refused actions. */
export interface HistoryTable {
  id: string;
  /** Empty for an entry without a watch. */
  watch: string;
  at: string;
  /**
   * The number of the entry within its watch. Time alone gives no order: entries can share an instant, and a clock can
   * be set back.
   */
  position: number;
  kind: AuditEntry["kind"];
  /** JSON of the other fields of the entry. */
  body: string;
}

/** The pace of each channel. */
export interface ChannelSlotsTable {
  channel: string;
  /** When the last slot was reserved; later than now if the clock was set back since. */
  asked_at: string | null;
  next_at: string | null;
  /** Slack asked the bot to wait until this time. */
  delayed_until: string | null;
}

/** The columns of a claim; see claiming.ts. */
interface LeaseColumns {
  lease: string | null;
  /** The program that claimed the row; null in rows of older versions. */
  lease_owner: string | null;
  lease_until: string | null;
  /** When it was last claimed; later than now if the clock was set back since. */
  claimed_at: string | null;
}

/** The alerts that a list shows (escalation, fallback, reminders). */
interface MentionsTable {
  message_id: string;
  alert_id: string;
}

/** Deadlines that all replicas share; see shared-deadlines.ts. */
interface MarksTable {
  name: string;
  at: string;
  spec: string;
}

/** Programs that claim rows, with their last heartbeat; see lease-owners.ts. */
interface LeaseOwnersTable {
  id: string;
  seen_at: string;
}

/** People that opened the bot's Home, with their last visit. */
interface ViewersTable {
  user_id: string;
  seen_at: string;
}
