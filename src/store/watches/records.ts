import { type Kysely, sql, type SqlBool } from "kysely";
import { NEW_WATCH } from "../../alert/alert.ts";
import type { RecordPage, WatchRecord, WatchStore } from "../../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { alertFromRow, stateFromRow } from "../tables/codec.ts";
import { fromNullableColumn } from "../tables/columns.ts";
import { DECODED, PLAIN, readInBatches } from "../tables/batches.ts";
import type { AlertsTable, MessagesTable, Schema, WatchesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { isWell } from "./is-well.ts";

/** Every watch with its open alert. Each batch is read at one instant; a full list takes several batches. */
export function createRecords({
  db,
  unreadable,
}: Pick<StoreBase, "db" | "unreadable">): Pick<WatchStore, "list" | "find" | "page" | "countWell"> {
  const recordOf = (
    row: WatchesTable,
    open: AlertsTable | undefined,
    home: MessagesTable | undefined,
    owed: boolean,
  ): WatchRecord => {
    const state = unreadable.read("watches", row.name, () => stateFromRow(row));
    const alert = open && unreadable.read("alerts", open.id, () => alertFromRow(open));
    const bad = [
      ...(state === undefined ? [unreadable.messageOf("watches", row.name)] : []),
      ...(open !== undefined && alert === undefined ? [unreadable.messageOf("alerts", open.id)] : []),
    ];
    return {
      name: row.name,
      state: { ...NEW_WATCH, ...state, alert: alert ?? null },
      checkedAt: fromNullableColumn(row.checked_at),
      nextDueAt: new Date(row.next_due_at),
      owed,
      undelivered: undeliveredOf(home),
      ...(bad.length > 0 && { unreadable: bad.join(" ") }),
    };
  };

  const recordsOf = async (rows: readonly WatchesTable[]): Promise<readonly WatchRecord[]> => {
    const open = await readOpenAlerts(
      db,
      rows.map(({ name }) => name),
    );
    const homes = await readHomesOf(db, [...open.values()]);
    const owing = await readOwing(db, [...open.values()]);
    return rows.map((row) => {
      const alert = open.get(row.name);
      return recordOf(row, alert, homes.get(alert?.message_id ?? ""), owing.has(alert?.id ?? ""));
    });
  };

  const page = async ({ after, skipWell = false, limit }: RecordPage): Promise<readonly WatchRecord[]> => {
    let rows = db.selectFrom("watches").selectAll().orderBy("name").limit(limit);
    if (after !== undefined) rows = rows.where("name", ">", after);
    if (skipWell) rows = rows.where(sql<SqlBool>`not ${isWell(unreadable)}`);
    return recordsOf(await rows.execute());
  };

  return {
    page,
    countWell: async () => {
      const well = sql<number>`case when ${isWell(unreadable)} then 1 else 0 end`.as("well");
      // In batches, because one statement over 100,000 rows would block SQLite's only thread.
      const batches = readInBatches<{ readonly name: string; readonly well: number }>(PLAIN, async (last, size) => {
        const next = db.selectFrom("watches").select(["name", well]).orderBy("name").limit(size);
        return (last === undefined ? next : next.where("name", ">", last.name)).execute();
      });
      let count = 0;
      for await (const rows of batches) count += rows.filter((row) => row.well === 1).length;
      return count;
    },
    list: async () => {
      const records: WatchRecord[] = [];
      const stored = readInBatches<WatchRecord>(DECODED, (last, limit) => page({ after: last?.name, limit }));
      for await (const batch of stored) records.push(...batch);
      // Sorted here, because databases sort text differently.
      return records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    find: async (name) => {
      const [record] = await recordsOf(await db.selectFrom("watches").selectAll().where("name", "=", name).execute());
      return record;
    },
  };
}

async function readHomesOf(
  db: Kysely<Schema>,
  alerts: readonly AlertsTable[],
): Promise<ReadonlyMap<string, MessagesTable>> {
  const ids = [...new Set(alerts.flatMap(({ message_id }) => message_id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("messages").selectAll().where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** IDs of the alerts that have owed rows. */
async function readOwing(db: Kysely<Schema>, alerts: readonly AlertsTable[]): Promise<ReadonlySet<string>> {
  const ids = alerts.map(({ id }) => id);
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom("owed").select("alert_id").distinct().where("alert_id", "in", ids).execute();
  return new Set(rows.flatMap(({ alert_id }) => alert_id ?? []));
}

/** Why the last delivery of the message failed; null when it did not. */
function undeliveredOf(home: MessagesTable | undefined): WatchRecord["undelivered"] {
  return home === undefined || home.last_error === null || home.retry_at === null
    ? null
    : { error: home.last_error, channel: home.channel ?? home.route, retryAt: new Date(home.retry_at) };
}
