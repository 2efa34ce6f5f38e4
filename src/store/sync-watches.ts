import type { Kysely } from "kysely";
import type { SyncRules, WatchStore } from "../watch/ports.ts";
import { readOpenAlerts, saveAlert } from "./alerts.ts";
import { stateFromRow, toColumn } from "./codec.ts";
import type { Schema, WatchesTable } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";

type Retire = NonNullable<SyncRules["retire"]>;

/** Brings the rows in line with a watchlist, in one transaction. */
export const createSync = (db: Kysely<Schema>, dialect: StoreDialect): WatchStore["sync"] => {
  const retireRows = async (trx: Kysely<Schema>, gone: readonly WatchesTable[], retire: Retire): Promise<void> => {
    const names = gone.map(({ name }) => name);
    if (names.length === 0) return;
    const open = await readOpenAlerts(trx, names);
    for (const row of gone) {
      const { alert } = retire(stateFromRow(row, open.get(row.name)));
      if (alert !== null) await saveAlert(trx, dialect, alert);
    }
    await trx.deleteFrom("watches").where("name", "in", names).execute();
  };

  return async (watches, now, { retire, renew = () => now } = {}) => {
    const definitions = new Map(watches.map(({ name, definition }) => [name, definition]));
    await db.transaction().execute(async (trx) => {
      // In one order, so that two replicas that start at once wait for each other instead of crossing.
      const rows = await dialect.lockRows(trx.selectFrom("watches").selectAll().orderBy("name"), "wait").execute();
      if (retire !== undefined) {
        const gone = rows.filter(({ name }) => !definitions.has(name));
        await retireRows(trx, gone, retire);
      }
      for (const row of rows) {
        const definition = definitions.get(row.name);
        if (definition === undefined || definition === row.definition) continue;
        const renewed = toColumn(
          renew(stateFromRow(row, undefined), row.checked_at === null ? null : new Date(row.checked_at)),
        );
        const next_due_at = renewed < row.next_due_at ? renewed : row.next_due_at;
        await trx.updateTable("watches").set({ definition, next_due_at }).where("name", "=", row.name).execute();
      }
      const known = new Set(rows.map(({ name }) => name));
      const added = [...definitions].filter(([name]) => !known.has(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
      if (added.length === 0) return;
      await trx
        .insertInto("watches")
        .values(added.map(([name, definition]) => ({ name, definition, next_due_at: toColumn(now) })))
        // Another program may have added it in this moment.
        .onConflict((conflict) => conflict.column("name").doNothing())
        .execute();
    });
  };
};
