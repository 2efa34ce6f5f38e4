import type { Troubles, WatchStore } from "../../watch/ports.ts";
import { countAll, readJson } from "../tables/columns.ts";
import { FailingJson } from "../tables/state-json.ts";
import type { StoreBase } from "../store-base.ts";
import type { UnreadableRow } from "../tables/unreadable.ts";

/**
 * Returns failing watches and unreadable rows, for the readiness check. It reads few rows, because every watch of a large
 * fleet fails when Graph is away, and the check is asked every few seconds.
 */
export function createTroubles({ db, unreadable }: StoreBase): WatchStore["troubles"] {
  const isThere = async ({ table, id }: UnreadableRow): Promise<boolean> => {
    const found =
      table === "watches"
        ? db.selectFrom(table).select("name").where("name", "=", id)
        : db.selectFrom(table).select("id").where("id", "=", id);
    return (await found.executeTakeFirst()) !== undefined;
  };

  const readFailing = async (most: number): Promise<Pick<Troubles, "failing" | "alsoFailing">> => {
    const all = db.selectFrom("watches").where("failing", "is not", null);
    const rows = await all.select(["name", "failing"]).orderBy("name").limit(most).execute();
    const { count } = await all.select(countAll.as("count")).executeTakeFirstOrThrow();
    const failing = rows.flatMap(({ name, failing: text }) => {
      // A watch that a round could not read stays reported, even when this part of its row is readable.
      if (unreadable.messageOf("watches", name) !== undefined) return [];
      const read = () => readJson(FailingJson, text ?? "", `state of watch ${name}`);
      const known = unreadable.read("watches", name, read);
      return known === undefined ? [] : [{ watch: name, message: known.failure.message }];
    });
    // Between the two reads, another program can save a watch.
    return { failing, alsoFailing: Math.max(0, count - rows.length) };
  };

  return async (most) => {
    const failing = await readFailing(most);
    // No round reads a deleted row again, so a row that an operator deleted is forgotten here.
    for (const row of unreadable.known()) if (!(await isThere(row))) unreadable.forget(row);
    return { ...failing, unreadable: unreadable.known().map(({ message }) => message) };
  };
}
