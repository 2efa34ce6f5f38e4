import type { Kysely } from "kysely";
import { NEW_WATCH } from "../../alert/alert.ts";
import type { WatchRecord, WatchStore } from "../../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { alertFromRow, stateFromRow } from "../tables/codec.ts";
import { fromNullableColumn } from "../tables/columns.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import type { AlertsTable, MessagesTable, Schema, WatchesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Every watch with its open alert. Each batch is read at one instant; a full list takes several batches. */
export function createRecords({
  db,
  unreadable,
}: Pick<StoreBase, "db" | "unreadable">): Pick<WatchStore, "list" | "find"> {
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

  return {
    list: async () => {
      const records: WatchRecord[] = [];
      const stored = readInBatches<WatchesTable>(DECODED, async (last, size) => {
        const next = db.selectFrom("watches").selectAll().orderBy("name").limit(size);
        return (last === undefined ? next : next.where("name", ">", last.name)).execute();
      });
      for await (const rows of stored) records.push(...(await recordsOf(rows)));
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
