import type { Outbox } from "../../outbox/outbox.ts";
import { GIVEN_BACK } from "../claiming.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { StoreBase } from "../store-base.ts";

/** Releases claimed messages without a try, except those that another program has claimed since. */
export function createRelease({ db }: StoreBase): Outbox["release"] {
  return async (claims) =>
    db.transaction().execute(async (trx) => {
      const sorted = claims.toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
      for await (const piece of inBatches(sorted, BOUND))
        await trx
          .updateTable("messages")
          .set(GIVEN_BACK)
          .where(
            "id",
            "in",
            piece.map(({ message }) => message.id),
          )
          .where("lease", "in", [...new Set(piece.map(({ lease }) => lease))])
          .execute();
    });
}
