import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { HistoryEntry } from "../../alert/history.ts";
import type { AuditEntry } from "../../renewal/audit.ts";
import type { WatchStore } from "../../watch/ports.ts";
import { auditFromRow, auditToColumns } from "../tables/audit-json.ts";
import { toColumn } from "../tables/columns.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { HistoryTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Appends entries, oldest first, in the transaction of the change that they describe. */
export async function addHistory(trx: Kysely<Schema>, entries: readonly HistoryEntry[]): Promise<void> {
  await addAudit(
    trx,
    entries.map((entry) => ({ kind: "alert", entry })),
  );
}

/** The same for entries of any kind. */
export async function addAudit(trx: Kysely<Schema>, entries: readonly AuditEntry[]): Promise<void> {
  const all = entries.map(auditToColumns);
  const watches = [...new Set(all.map(({ watch }) => watch))];
  const positions = new Map<string, number>();
  for await (const piece of inBatches(watches, BOUND)) {
    const rows = await trx
      .selectFrom("history")
      .select((is) => ["watch", is.fn.max("position").as("last")])
      .where("watch", "in", piece)
      .groupBy("watch")
      .execute();
    for (const { watch, last } of rows) positions.set(watch, last);
  }
  for await (const piece of inBatches(all, BOUND)) {
    const rows = piece.map((columns): HistoryTable => {
      const position = (positions.get(columns.watch) ?? 0) + 1;
      positions.set(columns.watch, position);
      return { id: randomUUID(), position, ...columns };
    });
    await trx.insertInto("history").values(rows).execute();
  }
}

/** The entries of watches and alerts, without renewals, private checks and refused actions. */
export function createHistory(base: StoreBase): WatchStore["history"] {
  return async ({ watch, limit }) => {
    const rows = await newestFirst(base.db, watch).where("kind", "=", "alert").limit(limit).execute();
    return entriesOf(base, rows).flatMap((one) => (one.kind === "alert" ? [one.entry] : []));
  };
}

/** The entries of every kind. */
export function createAudit(base: Pick<StoreBase, "db" | "unreadable">): Pick<WatchStore, "record" | "audit"> {
  return {
    record: async (entries) => base.db.transaction().execute(async (trx) => addAudit(trx, entries)),
    audit: async ({ watch, since, limit }) => {
      const all = newestFirst(base.db, watch);
      const wanted = since === undefined ? all : all.where("at", ">=", toColumn(since));
      return entriesOf(base, await wanted.limit(limit).execute());
    },
  };
}

/**
 * Entries of one watch are sorted by position, because a wrong clock cannot change positions. Entries of all watches
 * are sorted by time.
 */
function newestFirst(db: Kysely<Schema>, watch: string | undefined) {
  const all = db.selectFrom("history").selectAll();
  return watch === undefined
    ? all.orderBy("at", "desc").orderBy("position", "desc").orderBy("id")
    : all.where("watch", "=", watch).orderBy("position", "desc").orderBy("at", "desc");
}

function entriesOf(
  { unreadable }: Pick<StoreBase, "unreadable">,
  rows: readonly HistoryTable[],
): readonly AuditEntry[] {
  return rows.flatMap((row) => unreadable.read("history", row.id, () => auditFromRow(row)) ?? []);
}
