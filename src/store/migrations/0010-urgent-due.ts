import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Finds urgent watches that are due in one range. The old index began with the time from which a watch is urgent, so it
 * also had those that were checked already.
 */
export const urgentDue: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("watches_urgent").execute();
  // A time in the future belongs to a watch that is not urgent yet. Its next check sets the time again.
  await sql`update watches set urgent_at = null where urgent_at > next_due_at`.execute(db);
  await sql`create index watches_urgent on watches (next_due_at, name) where urgent_at is not null`.execute(db);
}
