import type { Kysely } from "kysely";
import type { WatchStore } from "../../watch/ports.ts";
import { GIVEN_BACK } from "../claiming.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { Schema } from "../tables/schema.ts";

/** Releases claims without a result. */
export function createReleaseWatches(db: Kysely<Schema>): WatchStore["releaseWatches"] {
  return async (claims) => {
    for (const [lease, own] of Map.groupBy(claims, (claim) => claim.lease))
      for await (const names of inBatches(
        own.map(({ watch }) => watch),
        BOUND,
      ))
        await db.updateTable("watches").set(GIVEN_BACK).where("name", "in", names).where("lease", "=", lease).execute();
  };
}
