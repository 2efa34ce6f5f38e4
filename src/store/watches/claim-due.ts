import type { Kysely } from "kysely";
import type { WatchState } from "../../alert/alert.ts";
import type { Claim, ClaimDueOptions, WatchStore } from "../../watch/ports.ts";
import { readEndOwed, readOpenAlerts, readResolvedSince } from "./alerts.ts";
import { isFree, taking } from "../claiming.ts";
import { alertFromRow, stateFromRow } from "../tables/codec.ts";
import { DECODED, inBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema, WatchesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { aside, takeReadable } from "../tables/unreadable.ts";
import { isAnyWaiting, isWanted, waitingWatches } from "./waiting.ts";

/** Claims watches for an inspection, longest overdue first. */
export function createClaimDue({ db, dialect, unreadable, leaseOwner }: StoreBase): WatchStore["claimDue"] {
  const take = async (
    trx: Kysely<Schema>,
    names: readonly string[],
    options: ClaimDueOptions,
    limit: number,
  ): Promise<readonly WatchesTable[]> => {
    const free = trx
      .selectFrom("watches")
      .selectAll()
      .where("name", "in", names)
      .where(isFree(options.now))
      .where(isWanted(options))
      .orderBy("next_due_at")
      .orderBy("name")
      .limit(limit);
    return dialect.lockRows(free, "skip").execute();
  };

  const read = (
    row: WatchesTable,
    alertRow: AlertsTable | undefined,
    resolved: readonly AlertsTable[],
    endOwed: ReadonlySet<string>,
  ): WatchState | undefined => {
    const state = unreadable.read("watches", row.name, () => stateFromRow(row));
    // Skips an unreadable alert. It cannot reopen, so the next problem opens a new alert.
    const past = resolved
      .flatMap((old) => unreadable.read("alerts", old.id, () => alertFromRow(old)) ?? [])
      .map((old) => ({ alert: old, isEndOwed: endOwed.has(old.id) }));
    const lately = past.length > 0 && { lately: past };
    if (alertRow === undefined) return state && { ...state, alert: null, ...lately };
    const alert = unreadable.read("alerts", alertRow.id, () => alertFromRow(alertRow));
    return alert && state && { ...state, alert, ...lately };
  };

  return async (options) => {
    const { now } = options;
    const wanted = "has" in options.names ? options.names : new Set(options.names);
    if (wanted.size === 0) return [];
    // At most ticks nothing is due. Then no transaction begins, because it would wait for the lock of a SQLite file.
    if (!(await isAnyWaiting(db, options))) return [];
    const taken = taking(options, leaseOwner());
    const takeSome = async (limit: number) =>
      db.transaction().execute(async (trx) => {
        const rows: WatchesTable[] = [];
        // The claim below skips watches that other programs hold.
        for await (const waiting of waitingWatches(trx, options, Math.max(LOOK, limit))) {
          const names = waiting.filter((name) => wanted.has(name));
          if (names.length > 0) rows.push(...(await take(trx, names, options, limit - rows.length)));
          if (rows.length >= limit) break;
        }
        const names = rows.map(({ name }) => name);
        if (names.length === 0) return { taken: 0, readable: [] };
        await trx.updateTable("watches").set(taken).where("name", "in", names).execute();
        const open = await readOpenAlerts(trx, names);
        const resolved = await readResolvedSince(trx, names, options.resolvedSince);
        const endOwed = await readEndOwed(
          trx,
          [...resolved.values()].flat().map(({ id }) => id),
        );
        const readable: Claim[] = [];
        for await (const piece of inBatches(rows, DECODED))
          for (const row of piece) {
            const state = read(row, open.get(row.name), resolved.get(row.name) ?? [], endOwed);
            if (state !== undefined) readable.push({ watch: row.name, state, lease: taken.lease });
          }
        const good = new Set(readable.map(({ watch }) => watch));
        const bad = names.filter((name) => !good.has(name));
        if (bad.length > 0) await trx.updateTable("watches").set(aside(now)).where("name", "in", bad).execute();
        return { taken: names.length, readable };
      });
    return takeReadable(options.limit, takeSome);
  };
}

/**
 * The least number of watch names to read at a time. It is larger than a small claim, because other programs claim the
 * first names too.
 */
const LOOK = 20;
