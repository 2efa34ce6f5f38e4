/**
 * The tables. Instants are ISO 8601 text in UTC with milliseconds: of fixed width, so that they sort as text, the same
 * as in the JSON columns, readable in any database shell, and the same in every driver (an integer of that size comes
 * back as a string from pg).
 */
export interface Schema {
  readonly watches: WatchesTable;
  readonly alerts: AlertsTable;
}

export interface WatchesTable {
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
  lease: string | null;
  lease_until: string | null;
}

/**
 * Every alert, the open one of a watch and the resolved ones as history; also the outbox. A round writes the first
 * half of the columns, a delivery the second; `replies` belongs to both and changes under a row lock only.
 */
export interface AlertsTable {
  id: string;
  watch: string;
  opened_at: string;
  resolved_at: string | null;
  /** Raised by every change of the message. */
  revision: number;
  /** JSON of the rest of the Alert. */
  body: string;
  /** JSON of the replies not yet delivered, oldest first; `[]` when none is owed. */
  replies: string;
  delivered_revision: number;
  replied_revision: number;
  channel: string | null;
  ts: string | null;
  failures: number;
  retry_at: string | null;
  last_error: string | null;
  lease: string | null;
  lease_until: string | null;
}
