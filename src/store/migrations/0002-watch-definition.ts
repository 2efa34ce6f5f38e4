import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable("watches").addColumn("definition", "text").execute();
};

/** A watch with a changed definition is checked at once instead of after the old interval. */
export const watchDefinition: Migration = { up };
