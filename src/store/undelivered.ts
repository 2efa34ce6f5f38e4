import { type Kysely, sql, type SqlBool } from "kysely";
import type { OutboxStore, Undelivered } from "../watch/outbox.ts";
import { owedGroups } from "./groups.ts";
import { isOwed, placeOf } from "./owed.ts";
import { PLAIN, readInPieces } from "./pieces.ts";
import type { Schema } from "./schema.ts";
import { asNumber, isUrgent, isUrgentGroup } from "./urgent.ts";

interface Row {
  readonly id: string;
  readonly watch: string | null;
  readonly note: Undelivered["note"];
  readonly place: string;
  readonly last_error: string | null;
  readonly priority: number;
  /** 1: quiet hours let it through. */
  readonly urgent: number;
  /** ISO text: since when it is there. */
  readonly since: string;
}

const NO_NOTE = sql<null>`null`.as("note");

const readAlerts = async (db: Kysely<Schema>): Promise<readonly Row[]> => {
  const found: Row[] = [];
  const owed = readInPieces<Row>(PLAIN, async (last, size) => {
    const next = db
      .selectFrom("alerts")
      .select(["id", "watch", "priority", "opened_at as since", "last_error", placeOf.as("place"), NO_NOTE])
      .select(asNumber(isUrgent).as("urgent"))
      .where("group_id", "is", null)
      .where(isOwed)
      .orderBy("priority")
      .orderBy("opened_at")
      .orderBy("id")
      .limit(size);
    const isLater = last && sql<SqlBool>`(priority, opened_at, id) > (${last.priority}, ${last.since}, ${last.id})`;
    return (isLater === undefined ? next : next.where(isLater)).execute();
  });
  for await (const rows of owed) found.push(...rows);
  return found;
};

const readGroups = async (db: Kysely<Schema>): Promise<readonly Row[]> =>
  owedGroups(db)
    .select([
      sql<null>`null`.as("watch"),
      "groups.opened_at as since",
      "groups.last_error",
      placeOf.as("place"),
      NO_NOTE,
      asNumber(isUrgentGroup).as("urgent"),
    ])
    .execute();

const readNotes = async (db: Kysely<Schema>): Promise<readonly Row[]> =>
  db
    .selectFrom("notes")
    .select(["id", "watch", "kind as note", "priority", "at as since", "last_error", "route as place"])
    .select(asNumber(sql<SqlBool>`priority <= 1`).as("urgent"))
    .where("ts", "is", null)
    .execute();

/** Everything owed, oldest first. */
export const createListUndelivered =
  (db: Kysely<Schema>): OutboxStore["listUndelivered"] =>
  async () => {
    const rows = [...(await readAlerts(db)), ...(await readGroups(db)), ...(await readNotes(db))];
    return rows
      .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
      .map(({ watch, note, place, last_error, urgent }): Undelivered => {
        return { watch, note, channel: place, error: last_error, urgent: urgent === 1 };
      });
  };
