import { sql, type SqlBool } from "kysely";
import type { RenewalStore } from "../../renewal/ports.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import type { StoreBase } from "../store-base.ts";
import { renewalFromRow } from "../tables/codec.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import type { RenewalsTable } from "../tables/schema.ts";

/** Reads renewals. An unreadable one is set aside and reported as a trouble. */
export function createReadRenewals({
  db,
  unreadable,
}: Pick<StoreBase, "db" | "unreadable">): Pick<RenewalStore, "findRenewal" | "renewalById" | "renewals"> {
  const read = (row: RenewalsTable | undefined): Renewal | undefined =>
    row && unreadable.read("renewals", row.id, () => renewalFromRow(row));

  return {
    findRenewal: async (watch) =>
      read(
        await db
          .selectFrom("renewals")
          .selectAll()
          .where("watch", "=", watch)
          // The open one is the latest, also after the clock was set back.
          .orderBy(sql`case when ended_at is null then 0 else 1 end`)
          .orderBy("started_at", "desc")
          .orderBy("id")
          .limit(1)
          .executeTakeFirst(),
      ),

    renewalById: async (id) =>
      read(await db.selectFrom("renewals").selectAll().where("id", "=", id).executeTakeFirst()),

    renewals: async () => {
      const found: Renewal[] = [];
      const pieces = readInBatches<RenewalsTable>(DECODED, async (last, size) => {
        const next = db
          .selectFrom("renewals")
          .selectAll()
          .where(sql<SqlBool>`(ended_at is null or previous_kept = 1)`)
          .orderBy("started_at")
          .orderBy("id")
          .limit(size);
        const isLater = last && sql<SqlBool>`(started_at, id) > (${last.started_at}, ${last.id})`;
        return (isLater === undefined ? next : next.where(isLater)).execute();
      });
      for await (const rows of pieces) found.push(...rows.flatMap((row) => read(row) ?? []));
      return found;
    },
  };
}
