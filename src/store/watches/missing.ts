import type { Kysely } from "kysely";
import type { WatchStore } from "../../watch/ports.ts";
import { PLAIN, readInBatches } from "../tables/batches.ts";
import type { Schema } from "../tables/schema.ts";

export function createMissing(db: Kysely<Schema>): WatchStore["missing"] {
  return async (names) => {
    const missing = new Set(names);
    const stored = readInBatches<{ readonly name: string }>(PLAIN, async (last, size) => {
      const next = db.selectFrom("watches").select("name").orderBy("name").limit(size);
      return (last === undefined ? next : next.where("name", ">", last.name)).execute();
    });
    for await (const rows of stored) for (const { name } of rows) missing.delete(name);
    return [...missing];
  };
}
