import { type Kysely, type SelectQueryBuilder, sql, type SqlBool } from "kysely";
import { DECODED, readInPieces } from "./pieces.ts";
import type { AlertsTable, GroupsTable, Schema } from "./schema.ts";

type AlertsQuery = SelectQueryBuilder<Schema, "alerts", AlertsTable>;

/** The rows of the alerts in a group, oldest first, in pieces; `as` may lock them. */
export const readMembers = (
  db: Kysely<Schema>,
  group: string,
  as: (query: AlertsQuery) => AlertsQuery = (query) => query,
): AsyncGenerator<readonly AlertsTable[]> =>
  readInPieces<AlertsTable>(DECODED, async (last, size) => {
    const members = db
      .selectFrom("alerts")
      .selectAll()
      .where("group_id", "=", group)
      .orderBy("opened_at")
      .orderBy("id")
      .limit(size);
    const next =
      last === undefined ? members : members.where(sql<SqlBool>`(opened_at, id) > (${last.opened_at}, ${last.id})`);
    return as(next).execute();
  });

export const groupFromRow = (row: GroupsTable) => ({
  id: row.id,
  cause: row.cause,
  channel: row.card_channel,
  openedAt: new Date(row.opened_at),
  spokeAt: row.spoke_at === null ? null : new Date(row.spoke_at),
});
