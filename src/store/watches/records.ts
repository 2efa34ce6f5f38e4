import type { WatchRecord, WatchStore } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import { createReadRecords } from "./read-records.ts";

/** Watches by name. Each batch is read at one instant; a full list takes several batches. */
export function createRecords(base: Pick<StoreBase, "db" | "unreadable">): Pick<WatchStore, "list" | "find" | "page"> {
  const { db } = base;
  const recordsOf = createReadRecords(base);

  const page: WatchStore["page"] = async ({ after, limit }) => {
    const rows = db.selectFrom("watches").selectAll().orderBy("name").limit(limit);
    return recordsOf(await (after === undefined ? rows : rows.where("name", ">", after)).execute());
  };

  return {
    page,
    list: async () => {
      const records: WatchRecord[] = [];
      const stored = readInBatches<WatchRecord>(DECODED, (last, limit) => page({ after: last?.name, limit }));
      for await (const batch of stored) records.push(...batch);
      // Sorted here, because databases sort text differently.
      return records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    find: async (name) => {
      const [record] = await recordsOf(await db.selectFrom("watches").selectAll().where("name", "=", name).execute());
      return record;
    },
  };
}
