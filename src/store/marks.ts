import type { Kysely } from "kysely";
import type { Mark, WatchStore } from "../watch/ports.ts";
import { toColumn } from "./columns.ts";
import { addMessages } from "./new-messages.ts";
import type { Schema } from "./schema.ts";

const moved = async (trx: Kysely<Schema>, name: string, from: Mark | null, to: Mark): Promise<boolean> => {
  const columns = { at: toColumn(to.at), spec: to.spec };
  if (from === null) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("marks")
      .values({ name, ...columns })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await trx
    .updateTable("marks")
    .set(columns)
    .where("name", "=", name)
    .where("at", "=", toColumn(from.at))
    .where("spec", "=", from.spec)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Times that all replicas share: whoever moves one on first does what is due. */
export const createMarksPart = (db: Kysely<Schema>): Pick<WatchStore, "readMark" | "moveMark"> => ({
  readMark: async (name) => {
    const row = await db.selectFrom("marks").selectAll().where("name", "=", name).executeTakeFirst();
    return row === undefined ? null : { at: new Date(row.at), spec: row.spec };
  },

  moveMark: async (name, from, to, messages) =>
    db.transaction().execute(async (trx) => {
      if (!(await moved(trx, name, from, to))) return false;
      await addMessages(trx, messages);
      return true;
    }),
});
