import type { Kysely } from "kysely";
import { NEW_WATCH } from "../../alert/alert.ts";
import type { SyncRules, WatchStore } from "../../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { alertFromRow, stateFromRow, stateToColumns } from "../tables/codec.ts";
import { fromNullableColumn, toColumn } from "../tables/columns.ts";
import { BOUND, DECODED, inBatches, readInBatches } from "../tables/batches.ts";
import { saveChanges } from "./save-changes.ts";
import type { Schema, WatchesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Updates the rows to a watchlist, in one transaction. */
export function createSync(base: StoreBase): WatchStore["sync"] {
  const { unreadable } = base;

  const removeRows = async (
    trx: Kysely<Schema>,
    removed: readonly string[],
    resolveRemoved: ResolveRemoved,
  ): Promise<void> => {
    for await (const names of inBatches(removed, DECODED)) {
      const open = await readOpenAlerts(trx, names);
      const alerts = [...open.values()].flatMap(
        (row) => unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? [],
      );
      await saveChanges(trx, base, alerts.map(resolveRemoved));
      // A watch stays while its alert is unreadable, because that alert cannot be ended yet.
      const ended = new Set(alerts.map(({ card }) => card.name));
      const over = names.filter((name) => ended.has(name) || !open.has(name));
      if (over.length > 0) await trx.deleteFrom("watches").where("name", "in", over).execute();
    }
  };

  const renewRow = async (
    trx: Kysely<Schema>,
    row: WatchesTable,
    definition: string,
    renew: NonNullable<SyncRules["renew"]>,
  ): Promise<void> => {
    const state = unreadable.read("watches", row.name, () => stateFromRow(row)) ?? { verdict: null, failing: null };
    const renewed = toColumn(renew(state, fromNullableColumn(row.checked_at)));
    const next_due_at = renewed < row.next_due_at ? renewed : row.next_due_at;
    await trx.updateTable("watches").set({ definition, next_due_at }).where("name", "=", row.name).execute();
  };

  const addRows = async (trx: Kysely<Schema>, added: Definitions, now: Date): Promise<void> => {
    const rows = [...added].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const at = toColumn(now);
    for await (const piece of inBatches(rows, BOUND))
      await trx
        .insertInto("watches")
        .values(piece.map(([name, definition]) => ({ name, definition, next_due_at: at, urgent_at: at, ...NEW })))
        // Another program may add it at the same moment.
        .onConflict((conflict) => conflict.column("name").doNothing())
        .execute();
  };

  return async (watches, now, { resolveRemoved, renew = () => now } = {}) => {
    const added = new Map(watches.map(({ name, definition }) => [name, definition]));
    await base.db.transaction().execute(async (trx) => {
      const removed: string[] = [];
      // All programs lock the rows in one order. So replicas that start at once wait for each other instead of
      // deadlocking.
      const stored = readInBatches<WatchesTable>(DECODED, async (last, size) => {
        const next = trx.selectFrom("watches").selectAll().orderBy("name").limit(size);
        return base.dialect.lockRows(last === undefined ? next : next.where("name", ">", last.name), "wait").execute();
      });
      for await (const rows of stored)
        for (const row of rows) {
          const definition = added.get(row.name);
          if (definition === undefined) removed.push(row.name);
          else if (definition !== row.definition) await renewRow(trx, row, definition, renew);
          added.delete(row.name);
        }
      if (resolveRemoved !== undefined) await removeRows(trx, removed, resolveRemoved);
      await addRows(trx, added, now);
    });
  };
}

const NEW = stateToColumns(NEW_WATCH);

type ResolveRemoved = NonNullable<SyncRules["resolveRemoved"]>;
type Definitions = ReadonlyMap<string, string>;
