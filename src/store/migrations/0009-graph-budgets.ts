import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** The budgets of Meta apps, which all replicas share, and the time from which a watch is urgent near a limit. */
export const graphBudgets: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("graph_budgets")
    .addColumn("app", "text", (column) => column.primaryKey().notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("saved_at", "text", (column) => column.notNull())
    .execute();
  await db.schema.alterTable("watches").addColumn("urgent_at", "text").execute();
  await sql`update watches set urgent_at = next_due_at where checked_at is null`.execute(db);
  await sql`create index watches_urgent on watches (urgent_at, name) where urgent_at is not null`.execute(db);
}
