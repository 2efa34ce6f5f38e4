import { randomUUID } from "node:crypto";
import { type Kysely, sql, type SqlBool } from "kysely";
import type { LeaseState, WatchStore } from "../watch/ports.ts";
import { GIVEN_BACK, latestOf } from "./claiming.ts";
import { toColumn } from "./tables/columns.ts";
import type { Schema } from "./tables/schema.ts";
import type { StoreDialect } from "./store-dialect.ts";

export interface LeaseOwner {
  readonly id: () => string;
  readonly keepLeases: WatchStore["keepLeases"];
  /**
   * Frees all leases except the leases of other living programs. Only the program that holds the database's lock may
   * call it.
   */
  readonly freeOthers: (machineNow: () => Date) => Promise<void>;
  /** Frees the leases of this program. */
  readonly giveBack: () => Promise<void>;
}

/**
 * Keeps the leases of this program, and frees the leases of dead programs.
 * @param alone true when this program holds the database's lock. The lock proves that the program runs, so it writes no
 * heartbeat
 */
export function createLeaseOwner(db: Kysely<Schema>, dialect: StoreDialect, alone: boolean): LeaseOwner {
  let id = randomUUID();
  let signedOn = false;

  /** The time of the database's clock, which all programs share. */
  const storeNow = async (machineNow: () => Date): Promise<Date> =>
    new Date((await dialect.clockOffsetMs(db, machineNow)) + machineNow().getTime());

  const signOn = async (now: Date): Promise<void> => {
    const seen_at = toColumn(now);
    const { numUpdatedRows } = await db
      .updateTable("lease_owners")
      .set({ seen_at })
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return;
    // Another program counted this one as dead and freed its leases. New claims get a new ID, so they are not mixed up
    // with the freed ones.
    if (signedOn) id = randomUUID();
    signedOn = true;
    await db.insertInto("lease_owners").values({ id, seen_at }).execute();
  };

  const free = async (trx: Kysely<Schema>, owners: readonly string[]): Promise<number> => {
    let freed = 0;
    for (const table of LEASED) {
      const { numUpdatedRows } = await trx
        .updateTable(table)
        .set(GIVEN_BACK)
        .where("lease_owner", "in", owners)
        .executeTakeFirstOrThrow();
      freed += Number(numUpdatedRows);
    }
    return freed;
  };

  const isSilent = (now: Date) =>
    sql<SqlBool>`(seen_at <= ${toColumn(new Date(now.getTime() - SILENT_MS))} or seen_at > ${latestOf(now)})`;

  const freeDead = async (now: Date): Promise<number> => {
    const silent = await db.selectFrom("lease_owners").select("id").where(isSilent(now)).limit(1).execute();
    if (silent.length === 0) return 0;
    return db.transaction().execute(async (trx) => {
      // Reads the heartbeats again inside the transaction, so a program that sends a heartbeat at this moment keeps its
      // leases.
      const dead = await trx.deleteFrom("lease_owners").where(isSilent(now)).returning("id").execute();
      const ids = dead.map((owner) => owner.id);
      return ids.length === 0 ? 0 : free(trx, ids);
    });
  };

  return {
    id: () => id,
    keepLeases: async (machineNow): Promise<LeaseState> => {
      const now = await storeNow(machineNow);
      if (!alone) await signOn(now);
      return { owner: id, exclusive: alone, freed: await freeDead(now) };
    },
    freeOthers: async (machineNow) => {
      await freeDead(await storeNow(machineNow));
      for (const table of LEASED)
        await db
          .updateTable(table)
          .set(GIVEN_BACK)
          .where("lease", "is not", null)
          .where(sql<SqlBool>`(lease_owner is null or lease_owner not in (select id from lease_owners))`)
          .execute();
    },
    giveBack: async () =>
      db.transaction().execute(async (trx) => {
        await free(trx, [id]);
        await trx.deleteFrom("lease_owners").where("id", "=", id).execute();
      }),
  };
}

/** A program without a heartbeat for this long counts as dead. The time covers three heartbeats. */
const SILENT_MS = 6_000;

const LEASED = ["watches", "messages", "renewals"] as const;
