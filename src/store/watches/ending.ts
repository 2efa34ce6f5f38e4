import type { WatchStore } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { toColumn } from "../tables/columns.ts";

/** Finds watches by the end of their token. It reads the index of the worst watches, and no row. */
export function createEnding({ db }: Pick<StoreBase, "db">): WatchStore["ending"] {
  return async (from, until) => {
    const rows = await db
      .selectFrom("watches")
      .select("name")
      .where("ends_at", ">", toColumn(from))
      .where("ends_at", "<=", toColumn(until))
      .execute();
    return rows.map(({ name }) => name).toSorted();
  };
}
