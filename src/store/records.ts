import type { Kysely } from "kysely";
import type { WatchRecord, WatchStore } from "../watch/ports.ts";
import { readOpenAlerts } from "./alerts.ts";
import { alertFromRow, stateFromRow } from "./codec.ts";
import { fromNullableColumn } from "./columns.ts";
import { NO_REPLIES_TEXT } from "./owed.ts";
import { DECODED, readInPieces } from "./pieces.ts";
import type { AlertsTable, GroupsTable, Schema, WatchesTable } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";

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

const NOTHING_KNOWN = { verdict: null, failing: null, aliveFingerprint: null, told: null } as const;

/** Every watch with its open alert. Each is read as it is at one instant; all of them take a few. */
export const createRecords = ({ db, unreadable }: StoreBase): Pick<WatchStore, "list" | "find"> => {
  const recordOf = (row: WatchesTable, open: AlertsTable | undefined, group: GroupsTable | undefined): WatchRecord => {
    const state = unreadable.read("watches", row.name, () => stateFromRow(row));
    const alert = open && unreadable.read("alerts", open.id, () => alertFromRow(open));
    const bad = [
      ...(state === undefined ? [unreadable.messageOf("watches", row.name)] : []),
      ...(open !== undefined && alert === undefined ? [unreadable.messageOf("alerts", open.id)] : []),
    ];
    return {
      name: row.name,
      state: { ...(state ?? NOTHING_KNOWN), alert: alert ?? null },
      checkedAt: fromNullableColumn(row.checked_at),
      nextDueAt: new Date(row.next_due_at),
      owed: open !== undefined && (open.delivered_revision < open.revision || open.replies !== NO_REPLIES_TEXT),
      undelivered: open === undefined ? null : undeliveredOf(group ?? open),
      ...(bad.length > 0 && { unreadable: bad.join(" ") }),
    };
  };

  const recordsOf = async (rows: readonly WatchesTable[]): Promise<readonly WatchRecord[]> => {
    const open = await readOpenAlerts(
      db,
      rows.map(({ name }) => name),
    );
    const groups = await readGroupsOf(db, open.values());
    return rows.map((row) => {
      const alert = open.get(row.name);
      return recordOf(row, alert, groups.get(alert?.group_id ?? ""));
    });
  };

  return {
    list: async () => {
      const records: WatchRecord[] = [];
      const stored = readInPieces<WatchesTable>(DECODED, async (last, size) => {
        const next = db.selectFrom("watches").selectAll().orderBy("name").limit(size);
        return (last === undefined ? next : next.where("name", ">", last.name)).execute();
      });
      for await (const rows of stored) records.push(...(await recordsOf(rows)));
      // Sorted here: databases differ in how they sort text.
      return records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    find: async (name) => {
      const [record] = await recordsOf(await db.selectFrom("watches").selectAll().where("name", "=", name).execute());
      return record;
    },
  };
};
