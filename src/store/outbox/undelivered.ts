import { type Kysely, sql } from "kysely";
import type { Outbox, Undelivered } from "../../outbox/outbox.ts";
import { isSentInQuietHours } from "./claim-messages.ts";
import type { Schema } from "../tables/schema.ts";

/** Returns all undelivered messages, oldest first, including messages that wait for a retry. */
export function createUndelivered(db: Kysely<Schema>): Outbox["undelivered"] {
  return async () => {
    const rows = [...(await readMessages(db)), ...(await readHomeless(db))];
    return rows
      .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
      .map(({ watch, kind, place, error, urgent }) => ({
        watch,
        kind,
        channel: place,
        error,
        urgent: urgent === 1,
      }));
  };
}

interface Row {
  readonly watch: string | null;
  readonly kind: Undelivered["kind"];
  readonly place: string;
  readonly error: string | null;
  readonly urgent: number;
  /** ISO text: when it was created. */
  readonly since: string;
}

/** The watch of a message or of its renewal; null when it has several, or none. */
const onlyWatch = sql<string | null>`
  case when count(distinct alerts.watch) = 1 then min(alerts.watch) else min(renewals.watch) end`;

async function readMessages(db: Kysely<Schema>): Promise<readonly Row[]> {
  return db
    .selectFrom("messages")
    .innerJoin("owed", "owed.message_id", "messages.id")
    .leftJoin("alerts", "alerts.id", "owed.alert_id")
    .leftJoin("renewals", "renewals.id", "messages.subject")
    .select([
      "messages.kind",
      "messages.created_at as since",
      "messages.last_error as error",
      sql<string>`coalesce(messages.channel, messages.route)`.as("place"),
      onlyWatch.as("watch"),
      sql<number>`max(case when ${isSentInQuietHours} then 1 else 0 end)`.as("urgent"),
    ])
    .groupBy(["messages.id"])
    .execute();
}

/** Alerts without a home. */
async function readHomeless(db: Kysely<Schema>): Promise<readonly Row[]> {
  return db
    .selectFrom("owed")
    .innerJoin("alerts", "alerts.id", "owed.alert_id")
    .where("owed.message_id", "is", null)
    .select([
      sql<"alert">`'alert'`.as("kind"),
      "alerts.opened_at as since",
      sql<null>`null`.as("error"),
      "alerts.card_channel as place",
      "alerts.watch",
      sql<number>`max(case when owed.priority = 1 then 1 else 0 end)`.as("urgent"),
    ])
    .groupBy(["alerts.id"])
    .execute();
}
