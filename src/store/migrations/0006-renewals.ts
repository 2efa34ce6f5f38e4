import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const INDEXES = [
  // The database itself ensures at most one open renewal per watch, and per place.
  "create unique index renewals_open on renewals (watch) where ended_at is null",
  "create unique index renewals_open_place on renewals (place_key) where ended_at is null and place_key is not null",
  "create index renewals_of_watch on renewals (watch, started_at)",
  // The condition must match the query of read-renewals.ts, or the databases do not use the index.
  "create index renewals_unfinished on renewals (started_at, id) where ended_at is null or previous_kept = 1",
  "create index renewals_ended on renewals (ended_at) where ended_at is not null",
];

/** Adds renewals. The history also keeps their steps, private checks and refused actions. */
export const renewals: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("renewals")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    // No foreign key: a renewal outlives its watch.
    .addColumn("watch", "text", (column) => column.notNull())
    .addColumn("place_key", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("started_at", "text", (column) => column.notNull())
    .addColumn("ended_at", "text")
    .addColumn("previous_kept", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("lease", "text")
    .addColumn("lease_owner", "text")
    .addColumn("lease_until", "text")
    .addColumn("claimed_at", "text")
    .execute();
  for (const statement of INDEXES) await sql.raw(statement).execute(db);
  await db.schema
    .alterTable("history")
    .addColumn("kind", "text", (column) => column.notNull().defaultTo("alert"))
    .execute();
}
