import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { WatchState } from "../../alert/alert.ts";
import type { Claim, ClaimDueOptions, WatchStore } from "../../watch/ports.ts";
import { readEndOwed, readOpenAlerts, readResolvedSince } from "./alerts.ts";
import { isFree, latestOf, taking } from "../claiming.ts";
import { alertFromRow, stateFromRow } from "../tables/codec.ts";
import { toColumn } from "../tables/columns.ts";
import { readInBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema, WatchesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { aside, takeReadable } from "../tables/unreadable.ts";

/** Claims watches for an inspection, longest overdue first. */
export function createClaimDue({ db, dialect, unreadable, leaseOwner }: StoreBase): WatchStore["claimDue"] {
  const setOf = createSets();

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
    const wanted = setOf(options.names);
    if (wanted.size === 0) return [];
    const taken = taking(options, leaseOwner());
    const takeSome = async (limit: number) =>
      db.transaction().execute(async (trx) => {
        // Reads without locks, from a covering index. The claim below skips watches that other programs hold.
        const waiting = readInBatches<Pick<WatchesTable, "name" | "next_due_at">>(LOOK, async (last, size) => {
          const next = trx
            .selectFrom("watches")
            .select(["name", "next_due_at"])
            .where(isFree(now))
            .where(isWanted(options))
            .orderBy("next_due_at")
            .orderBy("name")
            .limit(size);
          const isLater = last && sql<SqlBool>`(next_due_at, name) > (${last.next_due_at}, ${last.name})`;
          return (isLater === undefined ? next : next.where(isLater)).execute();
        });
        const rows: WatchesTable[] = [];
        for await (const piece of waiting) {
          const names = piece.map(({ name }) => name).filter((name) => wanted.has(name));
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
        const readable = rows.flatMap((row): Claim[] => {
          const state = read(row, open.get(row.name), resolved.get(row.name) ?? [], endOwed);
          return state === undefined ? [] : [{ watch: row.name, state, lease: taken.lease }];
        });
        const good = new Set(readable.map(({ watch }) => watch));
        const bad = names.filter((name) => !good.has(name));
        if (bad.length > 0) await trx.updateTable("watches").set(aside(now)).where("name", "in", bad).execute();
        return { taken: names.length, readable };
      });
    return takeReadable(options.limit, takeSome);
  };
}

/**
 * The number of watch names to read at a time. It is larger than one claim, because other programs claim the first
 * names too.
 */
const LOOK = 20;

/**
 * SQL that is true for a due watch that this round has not checked yet. A watch without a check is always due. So is a
 * watch whose last check is in the future, because a wrong clock wrote that time.
 */
function isWanted({ now, which, roundStartedAt }: ClaimDueOptions): RawBuilder<SqlBool> {
  const unchecked = sql<SqlBool>`(checked_at is null or checked_at > ${latestOf(now)})`;
  return which === "all"
    ? sql<SqlBool>`(${unchecked} or checked_at < ${toColumn(roundStartedAt)})`
    : sql<SqlBool>`(${unchecked} or (checked_at < ${toColumn(roundStartedAt)} and next_due_at <= ${toColumn(now)}))`;
}

/** Caches one set for each list of names, because a round passes the same list in thousands of calls. */
function createSets() {
  const sets = new WeakMap<readonly string[], ReadonlySet<string>>();
  return (names: readonly string[]): ReadonlySet<string> => {
    const known = sets.get(names);
    if (known !== undefined) return known;
    const made = new Set(names);
    sets.set(names, made);
    return made;
  };
}
