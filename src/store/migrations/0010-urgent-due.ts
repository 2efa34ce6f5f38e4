import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Finds urgent watches that are due. The old index also had those that were checked already. `watches_urgent` holds the
 * watches that are urgent when they become due. `watches_urgent_late` holds those that become urgent only while they are
 * overdue.
 */
export const urgentDue: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("watches_urgent").execute();
  await sql`create index watches_urgent on watches (next_due_at, name) where urgent_at <= next_due_at`.execute(db);
  await sql`create index watches_urgent_late on watches (urgent_at, name) where urgent_at > next_due_at`.execute(db);
}
