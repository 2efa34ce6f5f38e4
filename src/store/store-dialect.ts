import type { Kysely, SelectQueryBuilder } from "kysely";
import type { Schema } from "./tables/schema.ts";

/** The differences between databases. All other SQL is the same. */
export interface StoreDialect {
  /** The name of the database for the operator: a file path, or name and host. Never a password. */
  readonly database: string;
  /**
   * Locks the selected rows until the transaction ends. `wait` waits for locked rows, `skip` leaves them out. A
   * database with one writer at a time needs no locks.
   */
  readonly lockRows: <DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    others: "wait" | "skip",
  ) => SelectQueryBuilder<DB, TB, O>;
  /**
   * Prevents upgrades by other programs until this transaction ends. Returns the schema of the tables, or undefined for
   * a database without schemas.
   */
  readonly lockMigrations: (trx: Kysely<Schema>) => Promise<string | undefined>;
  /** Table settings that only this database has. Called after an upgrade, in its transaction. */
  readonly tuneTables: (trx: Kysely<Schema>) => Promise<void>;
  /** How far the database's clock is ahead of this machine's. 0 for a database on the same machine clock. */
  readonly clockOffsetMs: (db: Kysely<Schema>, machineNow: () => Date) => Promise<number>;
  /** True when the error is temporary and the whole work can run again. */
  readonly isTransient: (error: unknown) => boolean;
  /** Called with each error, so that the store can close connections to a server that only rejects writes. */
  readonly letGo: (error: unknown) => void;
  /** Turns a driver's error into a StoreError. Returns any other error unchanged. */
  readonly explain: (error: unknown) => unknown;
}
