import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const LEASED = ["watches", "alerts", "groups", "notes"] as const;

const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of LEASED) await db.schema.alterTable(table).addColumn("lease_owner", "text").execute();
  await db.schema
    .createTable("lease_owners")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("seen_at", "text", (column) => column.notNull())
    .execute();
};

/** Leases carry their owner, so that what a dead program held is free after seconds, not when the lease ends. */
export const leaseOwners: Migration = { up };
