import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { HistoryEntry } from "../../alert/history.ts";
import type { WatchStore } from "../../watch/ports.ts";
import { readJson, toColumn, writeJson } from "../tables/columns.ts";
import { HistoryBodyJson } from "../tables/history-json.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { HistoryTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Appends entries, oldest first, in the transaction of the change that they describe. */
export async function addHistory(trx: Kysely<Schema>, entries: readonly HistoryEntry[]): Promise<void> {
  const watches = [...new Set(entries.map(({ watch }) => watch))];
  const positions = new Map<string, number>();
  for await (const piece of inBatches(watches, BOUND)) {
    const rows = await trx
      .selectFrom("history")
      .select((is) => ["watch", is.fn.max("position").as("last")])
      .where("watch", "in", piece)
      .groupBy("watch")
      .execute();
    for (const { watch, last } of rows) positions.set(watch, last);
  }
  for await (const piece of inBatches(entries, BOUND)) {
    const rows = piece.map((entry): HistoryTable => {
      const position = (positions.get(entry.watch) ?? 0) + 1;
      positions.set(entry.watch, position);
      const { watch, at } = entry;
      return { id: randomUUID(), watch, at: toColumn(at), position, body: writeJson(HistoryBodyJson, entry) };
    });
    await trx.insertInto("history").values(rows).execute();
  }
}

/**
 * Entries of one watch are sorted by position, because a wrong clock cannot change positions. Entries of all watches
 * are sorted by time.
 */
export function createHistory({ db, unreadable }: StoreBase): WatchStore["history"] {
  return async ({ watch, limit }) => {
    const all = db.selectFrom("history").selectAll();
    const rows = await (
      watch === undefined
        ? all.orderBy("at", "desc").orderBy("position", "desc").orderBy("id")
        : all.where("watch", "=", watch).orderBy("position", "desc").orderBy("at", "desc")
    )
      .limit(limit)
      .execute();
    return rows.flatMap((row) => unreadable.read("history", row.id, () => entryFromRow(row)) ?? []);
  };
}

function entryFromRow(row: HistoryTable): HistoryEntry {
  return {
    ...readJson(HistoryBodyJson, row.body, `history of watch ${row.watch}`),
    watch: row.watch,
    at: new Date(row.at),
  };
}
