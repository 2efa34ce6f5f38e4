import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Indexes for 100,000 watches: every frequent query reads a range of one. The old index of due watches had the columns
 * of a claim. So each claim wrote to it, PostgreSQL could not update the row in place (HOT), and a tick read all of it.
 */
export const largeTables: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("watches_due").execute();
  await sql`create index watches_due on watches (next_due_at, name)`.execute(db);
  await sql`create index watches_checked on watches (checked_at, name)`.execute(db);
  // The readiness check reads the failing watches only.
  await sql`create index watches_failing on watches (name) where failing is not null`.execute(db);
  // A claim reads what was resolved lately, also when all watches recovered at once.
  await sql`create index alerts_resolved_of_watch on alerts (watch, resolved_at) where resolved_at is not null`.execute(
    db,
  );
}
