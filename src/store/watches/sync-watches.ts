import type { Kysely } from "kysely";
import { NEW_WATCH } from "../../alert/alert.ts";
import type { SyncRules, WatchStore } from "../../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { alertFromRow, stateFromRow, stateToColumns } from "../tables/codec.ts";
import { fromNullableColumn, toColumn } from "../tables/columns.ts";
import { breathe, DECODED, inBatches, PLAIN, readInBatches } from "../tables/batches.ts";
import { saveChanges } from "./save-changes.ts";
import type { Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/**
 * Updates the rows to a watchlist, one short transaction for each batch. A crash leaves the rest for the next sync. In a
 * transaction, all programs lock rows in the order of their names, so that replicas wait for each other instead of
 * deadlocking.
 */
export function createSync(base: StoreBase): WatchStore["sync"] {
  const { db, dialect, unreadable } = base;

  const removeRows = (names: readonly string[], resolveRemoved: ResolveRemoved): Promise<void> =>
    db.transaction().execute(async (trx) => {
      await lockRows(trx, names);
      const open = await readOpenAlerts(trx, names);
      const alerts = [...open.values()].flatMap(
        (row) => unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? [],
      );
      await saveChanges(trx, base, alerts.map(resolveRemoved));
      // A watch stays while its alert is unreadable, because that alert cannot be ended yet.
      const ended = new Set(alerts.map(({ card }) => card.name));
      const over = names.filter((name) => ended.has(name) || !open.has(name));
      if (over.length > 0) await trx.deleteFrom("watches").where("name", "in", over).execute();
    });

  const lockRows = (trx: Kysely<Schema>, names: readonly string[]) =>
    dialect
      .lockRows(trx.selectFrom("watches").selectAll().where("name", "in", names).orderBy("name"), "wait")
      .execute();

  const renewRows = (names: readonly string[], definitions: Definitions, renew: Renew): Promise<void> =>
    db.transaction().execute(async (trx) => {
      for (const row of await lockRows(trx, names)) {
        const definition = definitions.get(row.name);
        if (definition === undefined || definition === row.definition) continue;
        const state = unreadable.read("watches", row.name, () => stateFromRow(row)) ?? { verdict: null, failing: null };
        const renewed = toColumn(renew(state, fromNullableColumn(row.checked_at)));
        const next_due_at = renewed < row.next_due_at ? renewed : row.next_due_at;
        await trx.updateTable("watches").set({ definition, next_due_at }).where("name", "=", row.name).execute();
      }
    });

  const addRows = async (names: readonly string[], definitions: Definitions, now: Date): Promise<void> => {
    const at = toColumn(now);
    const rowOf = (name: string) => ({
      name,
      definition: definitions.get(name) ?? "",
      next_due_at: at,
      urgent_at: at,
      ...NEW,
    });
    await db
      .insertInto("watches")
      .values(names.toSorted(byText).map(rowOf))
      // Another program may add it at the same moment.
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
  };

  const saveBatch = async (definitions: Definitions, now: Date, renew: Renew): Promise<void> => {
    const stored = await db
      .selectFrom("watches")
      .select(["name", "definition"])
      .where("name", "in", [...definitions.keys()])
      .execute();
    const known = new Map(stored.map(({ name, definition }) => [name, definition]));
    const added = [...definitions.keys()].filter((name) => !known.has(name));
    const changed = [...known].filter(([name, definition]) => definitions.get(name) !== definition);
    if (added.length > 0) await addRows(added, definitions, now);
    for await (const some of inBatches(changed, DECODED))
      await renewRows(
        some.map(([name]) => name),
        definitions,
        renew,
      );
  };

  const removeOthers = async (keeps: (name: string) => boolean, resolveRemoved: ResolveRemoved): Promise<void> => {
    const stored = readInBatches<{ readonly name: string }>(PLAIN, async (last, size) => {
      const next = db.selectFrom("watches").select("name").orderBy("name").limit(size);
      return (last === undefined ? next : next.where("name", ">", last.name)).execute();
    });
    for await (const rows of stored) {
      const removed = rows.map(({ name }) => name).filter((name) => !keeps(name));
      for await (const names of inBatches(removed, DECODED)) await removeRows(names, resolveRemoved);
    }
  };

  return async (watches, now, { resolveRemoved, keeps, renew = () => now } = {}) => {
    const listed = new Set<string>();
    const needsNames = resolveRemoved !== undefined && keeps === undefined;
    let isFirst = true;
    for (const batch of batchesOf(watches)) {
      if (!isFirst) await breathe();
      isFirst = false;
      if (needsNames) for (const name of batch.keys()) listed.add(name);
      await saveBatch(batch, now, renew);
    }
    if (resolveRemoved !== undefined) await removeOthers(keeps ?? ((name) => listed.has(name)), resolveRemoved);
  };
}

const NEW = stateToColumns(NEW_WATCH);

type ResolveRemoved = NonNullable<SyncRules["resolveRemoved"]>;
type Renew = NonNullable<SyncRules["renew"]>;
type Definitions = ReadonlyMap<string, string>;

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function* batchesOf(watches: Parameters<WatchStore["sync"]>[0]): Generator<Definitions> {
  let batch = new Map<string, string>();
  for (const { name, definition } of watches) {
    batch.set(name, definition);
    if (batch.size < PLAIN) continue;
    yield batch;
    batch = new Map();
  }
  if (batch.size > 0) yield batch;
}
