import type { Kysely } from "kysely";
import { NEW_WATCH } from "../../alert/alert.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { alertFromRow, stateFromRow } from "../tables/codec.ts";
import { fromNullableColumn } from "../tables/columns.ts";
import type { AlertsTable, MessagesTable, Schema, WatchesTable } from "../tables/schema.ts";
import { readOpenAlerts } from "./alerts.ts";

/** Returns the records of rows, in the order of the rows, with their open alerts. */
export type ReadRecords = (rows: readonly WatchesTable[]) => Promise<readonly WatchRecord[]>;

export function createReadRecords({ db, unreadable }: Pick<StoreBase, "db" | "unreadable">): ReadRecords {
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

  return async (rows) => {
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
