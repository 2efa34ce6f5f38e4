import type { Troubles, WatchStore } from "../../watch/ports.ts";
import { readJson } from "../tables/columns.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import { FailingJson } from "../tables/state-json.ts";
import type { StoreBase } from "../store-base.ts";
import type { UnreadableRow } from "../tables/unreadable.ts";

/**
 * Returns failing watches and unreadable rows, for the readiness check. Healthy rows are not read, because there are
 * many.
 */
export function createTroubles({ db, unreadable }: StoreBase): WatchStore["troubles"] {
  const isThere = async ({ table, id }: UnreadableRow): Promise<boolean> => {
    const found =
      table === "watches"
        ? db.selectFrom(table).select("name").where("name", "=", id)
        : db.selectFrom(table).select("id").where("id", "=", id);
    return (await found.executeTakeFirst()) !== undefined;
  };

  const readFailing = async (): Promise<Troubles["failing"]> => {
    const rows = await db
      .selectFrom("watches")
      .select(["name", "failing"])
      .where("failing", "is not", null)
      .orderBy("name")
      .execute();
    const failing: Troubles["failing"][number][] = [];
    // A watch that a round could not read stays reported, even when this part of its row is readable.
    const others = rows.filter(({ name }) => unreadable.messageOf("watches", name) === undefined);
    for await (const piece of inBatches(others, BOUND))
      for (const { name, failing: text } of piece) {
        const known = unreadable.read("watches", name, () =>
          readJson(FailingJson, text ?? "", `state of watch ${name}`),
        );
        if (known !== undefined) failing.push({ watch: name, message: known.failure.message });
      }
    return failing;
  };

  return async () => {
    const failing = await readFailing();
    // No round reads a deleted row again, so a row that an operator deleted is forgotten here.
    for (const row of unreadable.known()) if (!(await isThere(row))) unreadable.forget(row);
    return { failing, unreadable: unreadable.known().map(({ message }) => message) };
  };
}
