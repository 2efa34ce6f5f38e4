import type { Kysely } from "kysely";
import type { Schema } from "./tables/schema.ts";

/** Writes a row and deletes it. Rejects when the database refuses changes. */
export async function proveSaving(db: Kysely<Schema>): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const row = { name: NAME, at: "", spec: "" };
    await trx
      .insertInto("marks")
      .values(row)
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    await trx.deleteFrom("marks").where("name", "=", NAME).execute();
  });
}

const NAME = "proof that the database saves";
