import type { SelectQueryBuilder } from "kysely";

/** What the store must be told about the database below it; everything else is the same SQL. */
export interface StoreDialect {
  /** How an operator knows the database: a file's path, or host and name; never a password. */
  readonly database: string;
  /**
   * Keeps the selected rows from other replicas until the transaction ends: `wait` for them, or `skip` those that
   * somebody else holds. A database that lets one transaction write at a time has nothing to add.
   */
  readonly lockRows: <DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
    others: "wait" | "skip",
  ) => SelectQueryBuilder<DB, TB, O>;
  /** A driver's error as a StoreError; any other error as it is. */
  readonly explain: (error: unknown) => unknown;
}
