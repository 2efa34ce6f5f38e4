import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { moveAlerts } from "./one-outbox/alert-rows.ts";
import { moveNotes } from "./one-outbox/note-rows.ts";
import type { StepTables } from "./one-outbox/old-rows.ts";

/** No index has a lease or retry column, so PostgreSQL can update them in place (HOT). */
const INDEXES = [
  "create index alerts_of_message on alerts (message_id, opened_at, id) where message_id is not null",
  "create index messages_unposted on messages (kind, route, id) where ts is null",
  "create index mentions_of_alert on mentions (alert_id, message_id)",
  "create index owed_order on owed (priority, at, id, message_id) where message_id is not null",
  "create index owed_by_message on owed (message_id) where message_id is not null",
  "create index owed_by_alert on owed (alert_id) where alert_id is not null",
  "create index owed_unplaced on owed (alert_id) where message_id is null",
  "create index owed_reminders on owed (message_id) where what = 'reminder'",
];

const OLD_INDEXES = [
  "alerts_undelivered",
  "alerts_owed_by_group",
  "alerts_of_group",
  "alerts_open_in_group",
  "alerts_sharing",
];

const OLD_COLUMNS = [
  "replies",
  "priority",
  "delivered_revision",
  "replied_revision",
  "fallback_revision",
  "group_id",
  "channel",
  "ts",
  "failures",
  "retry_at",
  "last_error",
  "lease",
  "lease_owner",
  "lease_until",
  "claimed_at",
];

/**
 * Alerts, groups and notes had their own delivery columns. Now every Slack message is a row, and so is every change
 * that Slack does not show yet.
 */
export const oneOutbox: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db);
  const tables = db.withTables<StepTables>();
  await moveAlerts(tables);
  await moveNotes(tables);
  await dropOld(db);
}

async function makeTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("messages")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("routes", "text", (column) => column.notNull())
    .addColumn("route", "text", (column) => column.notNull())
    .addColumn("body", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("channel", "text")
    .addColumn("ts", "text")
    .addColumn("posted_at", "text")
    .addColumn("spoke_at", "text")
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("retry_at", "text")
    .addColumn("last_error", "text")
    .addColumn("lease", "text")
    .addColumn("lease_owner", "text")
    .addColumn("lease_until", "text")
    .addColumn("claimed_at", "text")
    .execute();
  await db.schema
    .createTable("mentions")
    .addColumn("message_id", "text", (column) => column.notNull())
    .addColumn("alert_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("mentions_key", ["message_id", "alert_id"])
    .execute();
  await db.schema
    .createTable("owed")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("message_id", "text")
    .addColumn("alert_id", "text")
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("priority", "integer", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("notice", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("word", "text")
    .addColumn("told_elsewhere", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable("alerts").addColumn("message_id", "text").execute();
  await db.schema.alterTable("alerts").addColumn("accepted_at", "text").execute();
  for (const statement of INDEXES) await sql.raw(statement).execute(db);
}

async function dropOld(db: Kysely<unknown>): Promise<void> {
  for (const index of OLD_INDEXES) await db.schema.dropIndex(index).execute();
  for (const column of OLD_COLUMNS) await db.schema.alterTable("alerts").dropColumn(column).execute();
  await db.schema.dropTable("groups").execute();
  await db.schema.dropTable("notes").execute();
  await sql`
    create index alerts_sharing on alerts (cause, card_channel, id, message_id)
      where resolved_at is null and cause is not null`.execute(db);
}
