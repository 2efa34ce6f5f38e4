import type { Kysely } from "kysely";
import type { SharedDeadline, WatchStore } from "../../watch/ports.ts";
import { toColumn } from "../tables/columns.ts";
import { addMessages } from "../outbox/new-messages.ts";
import type { Schema } from "../tables/schema.ts";

/** Deadlines that all replicas share. The first replica that advances one does the work that is due. */
export function createDeadlinesPart(db: Kysely<Schema>): Pick<WatchStore, "readDeadline" | "advanceDeadline"> {
  return {
    readDeadline: async (name) => {
      const row = await db.selectFrom("marks").selectAll().where("name", "=", name).executeTakeFirst();
      return row === undefined ? null : deadlineOf(row);
    },

    advanceDeadline: async (name, from, to, messages) =>
      db.transaction().execute(async (trx) => {
        if (!(await isAdvanced(trx, name, from, to))) return false;
        await addMessages(trx, messages);
        return true;
      }),
  };
}

/** All deadlines by name. */
export async function readDeadlines(db: Kysely<Schema>): Promise<ReadonlyMap<string, SharedDeadline>> {
  const rows = await db.selectFrom("marks").selectAll().execute();
  return new Map(rows.map((row) => [row.name, deadlineOf(row)]));
}

function deadlineOf({ at, spec }: Schema["marks"]): SharedDeadline {
  return { at: new Date(at), spec };
}

async function isAdvanced(
  trx: Kysely<Schema>,
  name: string,
  from: SharedDeadline | null,
  to: SharedDeadline,
): Promise<boolean> {
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
}
