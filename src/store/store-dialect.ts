import type { Kysely, SelectQueryBuilder } from "kysely";
import type { Schema } from "./schema.ts";

/** What the store must be told about the database below it; everything else is the same SQL. */
export interface StoreDialect {
  /** How an operator knows the database: a file's path, or name and host; never a password. */
  readonly database: string;
  /**
   * Keeps the selected rows from other replicas until the transaction ends: `wait` for them, or `skip` those that
   * somebody else holds. A database that lets one transaction write at a time has nothing to add.
   */
  readonly lockRows: <DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    others: "wait" | "skip",
  ) => SelectQueryBuilder<DB, TB, O>;
  /** Keeps other programs from migrating until this transaction ends; gives the schema the tables stand in, if any. */
  readonly lockMigrations: (trx: Kysely<Schema>) => Promise<string | undefined>;
  /** Settings of tables that only this database has; after an upgrade, in its transaction. */
  readonly tuneTables: (trx: Kysely<Schema>) => Promise<void>;
  /** How far the database's clock is ahead of this machine's; 0 for a database that lives by the same clock. */
  readonly clockOffsetMs: (db: Kysely<Schema>, machineNow: () => Date) => Promise<number>;
  /** The work was cut off by something that is over in a moment, and may be done again as a whole. */
  readonly isPassing: (error: unknown) => boolean;
  /** Told of each failure, so that what it came from is not used again: connections to the wrong server. */
  readonly letGo: (error: unknown) => void;
  /** A driver's error as a StoreError; any other error as it is. */
  readonly explain: (error: unknown) => unknown;
}
