import type { NoteBody } from "../watch/note.ts";

/**
 * The tables. Instants are ISO 8601 text in UTC with milliseconds: of fixed width, so that they sort as text, the same
 * as in the JSON columns, readable in any database shell, and the same in every driver (an integer of that size comes
 * back as a string from pg).
 */
export interface Schema {
  readonly watches: WatchesTable;
  readonly alerts: AlertsTable;
  readonly groups: GroupsTable;
  readonly notes: NotesTable;
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

/** How the delivery of something goes. */
interface DeliveryColumns extends LeaseColumns {
  /** Where Slack has it; both are null until then. */
  channel: string | null;
  ts: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
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

/**
 * Every alert, the open one of a watch and the resolved ones as history; also the outbox. A round writes the first
 * part of the columns, a delivery the second; `replies` and `priority` belong to both and change under a row lock only.
 */
export interface AlertsTable extends DeliveryColumns {
  id: string;
  watch: string;
  opened_at: string;
  resolved_at: string | null;
  /** Raised by every change of the message. */
  revision: number;
  /** JSON of the rest of the Alert. */
  body: string;
  severity: "critical" | "warning";
  /** Where its message goes; `channel` is where it stands. Empty in resolved rows from before it was kept. */
  card_channel: string;
  /** What alerts of one group share; null when it is told on its own. */
  cause: string | null;

  /** JSON of the replies not yet delivered, oldest first; `[]` when none is owed. */
  replies: string;
  /** 0: a person's answer is owed; 1: critical; 2: the rest. */
  priority: number;

  delivered_revision: number;
  /** In a group, 0 says that its thread was not yet told that this one joined. */
  replied_revision: number;
  /** The highest revision that was told elsewhere. */
  fallback_revision: number;
  /** The group whose message shows it; such an alert has no message of its own. */
  group_id: string | null;
}

/** Alerts of one cause in one channel that one message shows; what it owes follows from the alerts in it. */
export interface GroupsTable extends DeliveryColumns {
  id: string;
  cause: string;
  /** Where its message goes; `channel` is where it stands. */
  card_channel: string;
  opened_at: string;
  /** No more alerts may join. */
  resolved_at: string | null;
  spoke_at: string | null;
}

/** Messages that are sent once: owed until they have a `ts`. */
export interface NotesTable extends DeliveryColumns {
  id: string;
  at: string;
  /** 1: critical; 2: the rest. */
  priority: number;
  /** JSON of the channels and people still to try; `route` is the first, empty when there is none. */
  routes: string;
  route: string;
  kind: NoteBody["kind"];
  /** The one it is about; null when it is about many. */
  watch: string | null;
  /** JSON of a NoteBody. */
  body: string;
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
