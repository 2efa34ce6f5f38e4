import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const up = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable("watches").addColumn("definition", "text").execute();
};

/** So that a watch whose definition changed is looked at again at once, not when the old interval has passed. */
export const watchDefinition: Migration = { up };
