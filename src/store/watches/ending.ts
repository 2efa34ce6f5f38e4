import type { WatchStore } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { toColumn } from "../tables/columns.ts";

/** Finds watches by the end of their token. An index has the ends and the names, so no row is read. */
export function createEnding({ db }: Pick<StoreBase, "db">): WatchStore["ending"] {
  return async (until) => {
    const rows = await db.selectFrom("watches").select("name").where("ends_at", "<=", toColumn(until)).execute();
    return rows.map(({ name }) => name).toSorted();
  };
}
