import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const watchesAndAlerts: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("watches")
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("verdict", "text")
    .addColumn("failing", "text")
    .addColumn("alive_fingerprint", "text")
    .addColumn("told", "text")
    .addColumn("checked_at", "text")
    .addColumn("next_due_at", "text", (column) => column.notNull())
    .addColumn("lease", "text")
    .addColumn("lease_until", "text")
    .execute();
  await db.schema
    .createTable("alerts")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    // No foreign key: an alert outlives its watch.
    .addColumn("watch", "text", (column) => column.notNull())
    .addColumn("opened_at", "text", (column) => column.notNull())
    .addColumn("resolved_at", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("replies", "text", (column) => column.notNull())
    .addColumn("delivered_revision", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("replied_revision", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("channel", "text")
    .addColumn("ts", "text")
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("retry_at", "text")
    .addColumn("last_error", "text")
    .addColumn("lease", "text")
    .addColumn("lease_until", "text")
    .execute();
  // The database itself ensures at most one open alert per watch.
  await sql`create unique index alerts_open on alerts (watch) where resolved_at is null`.execute(db);
  // Keeps reads of the outbox fast while the history grows.
  await sql`create index alerts_undelivered on alerts (opened_at) where delivered_revision < revision or replies <> '[]'`.execute(
    db,
  );
}
