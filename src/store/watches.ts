import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Claim, WatchRecord, WatchStore } from "../watch/ports.ts";
import { isUnchanged, readOpenAlerts, saveAlert } from "./alerts.ts";
import { stateFromRow, stateToColumns, toColumn, undeliveredFromRow } from "./codec.ts";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { createSync } from "./sync-watches.ts";

/** The half of the store that rounds use: which watches there are, which are due, what was found. */
export const createWatchesPart = (
  db: Kysely<Schema>,
  dialect: StoreDialect,
): Pick<WatchStore, "sync" | "claimDue" | "saveRound" | "list"> => {
  return {
    sync: createSync(db, dialect),

    claimDue: async ({ names: wanted, now, leaseMs, limit, which, roundStartedAt }) => {
      if (wanted.length === 0) return [];
      const at = toColumn(now);
      const lease = randomUUID();
      return db.transaction().execute(async (trx) => {
        const free = trx
          .selectFrom("watches")
          .selectAll()
          .where("name", "in", wanted)
          .where((is) => is.or([is("lease_until", "is", null), is("lease_until", "<=", at)]))
          .where((is) => is.or([is("checked_at", "is", null), is("checked_at", "<", toColumn(roundStartedAt))]))
          .$if(which === "due", (query) => query.where("next_due_at", "<=", at))
          .orderBy("next_due_at")
          .orderBy("name")
          .limit(limit);
        const rows = await dialect.lockRows(free, "skip").execute();
        const names = rows.map(({ name }) => name);
        if (names.length === 0) return [];
        await trx
          .updateTable("watches")
          .set({ lease, lease_until: toColumn(new Date(now.getTime() + leaseMs)) })
          .where("name", "in", names)
          .execute();
        const open = await readOpenAlerts(trx, names);
        return rows.map((row): Claim => ({ watch: row.name, state: stateFromRow(row, open.get(row.name)), lease }));
      });
    },

    saveRound: async (claim, { state, checkedAt, nextDueAt }) =>
      db.transaction().execute(async (trx) => {
        const seen = claim.state.alert;
        if (seen !== null && !(await isUnchanged(trx, dialect, seen))) {
          // Somebody answered the alert meanwhile: the watch is still due, and the next look knows of it.
          await trx
            .updateTable("watches")
            .set({ lease: null, lease_until: null })
            .where("name", "=", claim.watch)
            .where("lease", "=", claim.lease)
            .execute();
          return false;
        }
        const { numUpdatedRows } = await trx
          .updateTable("watches")
          .set({
            ...stateToColumns(state),
            checked_at: toColumn(checkedAt),
            next_due_at: toColumn(nextDueAt),
            lease: null,
            lease_until: null,
          })
          .where("name", "=", claim.watch)
          .where("lease", "=", claim.lease)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        if (state.alert !== null) await saveAlert(trx, dialect, state.alert);
        return true;
      }),

    list: async () => {
      const rows = await db.selectFrom("watches").selectAll().execute();
      const open = await readOpenAlerts(db, "all");
      // Sorted here: databases differ in how they sort text.
      return rows
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((row): WatchRecord => {
          const alert = open.get(row.name);
          return {
            name: row.name,
            state: stateFromRow(row, alert),
            checkedAt: row.checked_at === null ? null : new Date(row.checked_at),
            nextDueAt: new Date(row.next_due_at),
            undelivered: alert === undefined ? null : undeliveredFromRow(alert),
          };
        });
    },
  };
};
