import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** A watch with a changed definition is checked at once instead of after the old interval. */
export const watchDefinition: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("watches").addColumn("definition", "text").execute();
}
