import { sql, type SqlBool } from "kysely";
import type { RenewalStore } from "../../renewal/ports.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import type { StoreBase } from "../store-base.ts";
import { renewalFromRow } from "../tables/codec.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import type { RenewalsTable } from "../tables/schema.ts";

/** Reads renewals. The open one of a watch is its latest, also after the clock was set back. An unreadable one is set aside and reported as a trouble. */
export function createReadRenewals({ db, unreadable }: Pick<StoreBase, "db" | "unreadable">): ReadRenewals {
  const read = (row: RenewalsTable | undefined): Renewal | undefined =>
    row && unreadable.read("renewals", row.id, () => renewalFromRow(row));

  return {
    findRenewal: async (watch) =>
      read(
        await db
          .selectFrom("renewals")
          .selectAll()
          .where("watch", "=", watch)
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

    latestRenewals: async () => {
      const found = new Map<string, Renewal>();
      const pieces = readInBatches<RenewalsTable>(DECODED, async (last, size) =>
        db
          .selectFrom("renewals")
          .selectAll()
          .where((is) => is.not(is.exists(is.selectFrom("renewals as later").select("later.id").where(IS_LATER))))
          .$if(last !== undefined, (query) => query.where("watch", ">", last?.watch ?? ""))
          .orderBy("watch")
          .limit(size)
          .execute(),
      );
      for await (const rows of pieces)
        for (const row of rows) {
          const renewal = read(row);
          if (renewal !== undefined) found.set(row.watch, renewal);
        }
      return found;
    },
  };
}

interface ReadRenewals extends Pick<RenewalStore, "findRenewal" | "renewalById" | "renewals"> {
  /** The latest renewal of each watch, by the name of the watch. */
  readonly latestRenewals: () => Promise<ReadonlyMap<string, Renewal>>;
}

/** In the order of `findRenewal`. */
const IS_LATER = sql<SqlBool>`later.watch = renewals.watch and (
  (later.ended_at is null and renewals.ended_at is not null)
  or ((later.ended_at is null) = (renewals.ended_at is null)
    and (later.started_at > renewals.started_at
      or (later.started_at = renewals.started_at and later.id < renewals.id))))`;
