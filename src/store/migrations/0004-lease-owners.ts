import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const LEASED = ["watches", "alerts", "groups", "notes"] as const;

/** Leases name their owner, so the claims of a dead program are free after seconds, before the lease ends. */
export const leaseOwners: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of LEASED) await db.schema.alterTable(table).addColumn("lease_owner", "text").execute();
  await db.schema
    .createTable("lease_owners")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("seen_at", "text", (column) => column.notNull())
    .execute();
}
