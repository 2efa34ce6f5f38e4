import type { Kysely } from "kysely";
import type { WatchRecord, WatchStore } from "../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { stateFromRow } from "./codec.ts";
import { fromNullableColumn } from "./columns.ts";
import { NO_REPLIES_TEXT } from "./owed.ts";
import { DECODED, readInPieces } from "./pieces.ts";
import type { AlertsTable, GroupsTable, Schema, WatchesTable } from "./schema.ts";

const readGroupsOf = async (
  db: Kysely<Schema>,
  alerts: Iterable<AlertsTable>,
): Promise<ReadonlyMap<string, GroupsTable>> => {
  const ids = new Set([...alerts].map((alert) => alert.group_id).filter((id) => id !== null));
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom("groups")
    .selectAll()
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};

/** Why the last delivery failed, its own or that of its group; null when it did not. */
const undeliveredOf = ({ last_error, retry_at, channel, card_channel }: AlertsTable | GroupsTable) =>
  last_error === null || retry_at === null
    ? null
    : { error: last_error, channel: channel ?? card_channel, retryAt: new Date(retry_at) };

const recordOf = (row: WatchesTable, alert: AlertsTable | undefined, group: GroupsTable | undefined): WatchRecord => ({
  name: row.name,
  state: stateFromRow(row, alert),
  checkedAt: fromNullableColumn(row.checked_at),
  nextDueAt: new Date(row.next_due_at),
  owed: alert !== undefined && (alert.delivered_revision < alert.revision || alert.replies !== NO_REPLIES_TEXT),
  undelivered: alert === undefined ? null : undeliveredOf(group ?? alert),
});

/** Every watch with its open alert. Each is read as it is at one instant; all of them take a few. */
export const createList =
  (db: Kysely<Schema>): WatchStore["list"] =>
  async () => {
    const records: WatchRecord[] = [];
    const stored = readInPieces<WatchesTable>(DECODED, async (last, size) => {
      const next = db.selectFrom("watches").selectAll().orderBy("name").limit(size);
      return (last === undefined ? next : next.where("name", ">", last.name)).execute();
    });
    for await (const rows of stored) {
      const names = rows.map(({ name }) => name);
      const open = await readOpenAlerts(db, names);
      const groups = await readGroupsOf(db, open.values());
      for (const row of rows) {
        const alert = open.get(row.name);
        records.push(recordOf(row, alert, groups.get(alert?.group_id ?? "")));
      }
    }
    // Sorted here: databases differ in how they sort text.
    return records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  };
