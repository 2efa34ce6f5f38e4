import { type Kysely, sql, type SqlBool } from "kysely";
import type { Outbox } from "../../outbox/outbox.ts";
import { countAll } from "../tables/columns.ts";
import type { Schema } from "../tables/schema.ts";

/** Open alerts that a channel refused, and warnings that Slack does not show yet: counts, with a few names. */
export function createWaitingAlerts(db: Kysely<Schema>): Pick<Outbox, "refusedAlerts" | "heldAlerts"> {
  return {
    refusedAlerts: async (names) => {
      const places = await db
        .selectFrom("messages")
        .innerJoin("alerts", "alerts.message_id", "messages.id")
        .where(isRefused)
        .where("alerts.resolved_at", "is", null)
        .select([
          sql<string>`coalesce(messages.channel, messages.route)`.as("place"),
          sql<string>`messages.last_error`.as("error"),
          countAll.as("count"),
        ])
        .groupBy([sql.ref("place"), "messages.last_error"])
        .orderBy(sql.ref("place"))
        .orderBy("messages.last_error")
        .limit(MOST_PLACES)
        .execute();
      return Promise.all(
        places.map(async ({ place, error, count }) => {
          const rows = await db
            .selectFrom("messages")
            .innerJoin("alerts", "alerts.message_id", "messages.id")
            .where(isRefused)
            .where("messages.last_error", "=", error)
            .where(sql<SqlBool>`coalesce(messages.channel, messages.route) = ${place}`)
            .where("alerts.resolved_at", "is", null)
            .select("alerts.watch")
            .orderBy("alerts.watch")
            .limit(names)
            .execute();
          return { channel: place, error, count, watches: rows.map(({ watch }) => watch) };
        }),
      );
    },

    heldAlerts: async (names) => {
      const held = db
        .selectFrom("alerts")
        .leftJoin("messages", "messages.id", "alerts.message_id")
        .where("alerts.resolved_at", "is", null)
        // With a range of names, SQLite reads the index of the open alerts instead of all alerts.
        .where("alerts.watch", ">", "")
        .where("alerts.severity", "=", "warning")
        .where(sql<SqlBool>`(messages.last_error is null or messages.retry_at is null)`)
        .where(sql<SqlBool>`exists (select 1 from owed where owed.alert_id = alerts.id)`);
      const { count } = await held.select(countAll.as("count")).executeTakeFirstOrThrow();
      if (count === 0) return { count, watches: [] };
      const rows = await held.select("alerts.watch").orderBy("alerts.watch").limit(names).execute();
      return { count, watches: rows.map(({ watch }) => watch) };
    },
  };
}

/** Failures in more than a few channels usually have one cause. */
const MOST_PLACES = 20;

const isRefused = sql<SqlBool>`messages.last_error is not null and messages.retry_at is not null`;
