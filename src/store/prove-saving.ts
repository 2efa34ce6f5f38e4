import type { Kysely } from "kysely";
import type { Schema } from "./tables/schema.ts";

const NAME = "proof that the database saves";

/** Writes a row and deletes it. Rejects when the database refuses changes. */
export const proveSaving = async (db: Kysely<Schema>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const row = { name: NAME, at: "", spec: "" };
    await trx
      .insertInto("marks")
      .values(row)
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    await trx.deleteFrom("marks").where("name", "=", NAME).execute();
  });
