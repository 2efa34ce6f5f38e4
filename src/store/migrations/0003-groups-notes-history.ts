import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { z } from "zod";

const Body = z.object({ severity: z.enum(["critical", "warning"]), card: z.object({ channel: z.string() }) });
const Replies = z.array(z.object({ by: z.string().nullish() }));

/** Adds groups of alerts, notes, history, and shared data of replicas: paces, deadlines and viewers of the Home. */
export const groupsNotesHistory: Migration = { up };

/** The row as this step reads and writes it. Later schema changes do not affect it. */
interface AlertRow {
  id: string;
  body: string;
  replies: string;
  resolved_at: string | null;
  revision: number;
  delivered_revision: number;
  severity: string;
  card_channel: string;
  priority: number;
}

function parse<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    // The store reports the row when it reads its watch. The upgrade must not fail because of it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Fills the new columns of open and undelivered rows. The next round adds their cause. */
async function fillAlerts(db: Kysely<{ alerts: AlertRow }>): Promise<void> {
  const rows = await db
    .selectFrom("alerts")
    .select(["id", "body", "replies"])
    .where((is) =>
      is.or([
        is("resolved_at", "is", null),
        is("delivered_revision", "<", is.ref("revision")),
        is("replies", "<>", "[]"),
      ]),
    )
    .execute();
  for (const { id, body, replies } of rows) {
    const known = parse(Body, body);
    if (known === undefined) continue;
    const { severity, card } = known;
    const answered = parse(Replies, replies)?.some(({ by }) => typeof by === "string") ?? false;
    const priority = answered ? 0 : severity === "critical" ? 1 : 2;
    await db
      .updateTable("alerts")
      .set({ severity, card_channel: card.channel, priority })
      .where("id", "=", id)
      .execute();
  }
}

async function changeWatches(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("watches").addColumn("claimed_at", "text").execute();
  // A covering index for watches that a claim skips, because their rows are large.
  await sql`create index watches_due on watches (next_due_at, name, checked_at, lease_until, claimed_at)`.execute(db);
}

async function changeAlerts(db: Kysely<unknown>): Promise<void> {
  const alerts = db.schema.alterTable("alerts");
  await alerts.addColumn("severity", "text", (column) => column.notNull().defaultTo("warning")).execute();
  await alerts.addColumn("card_channel", "text", (column) => column.notNull().defaultTo("")).execute();
  await alerts.addColumn("cause", "text").execute();
  await alerts.addColumn("priority", "integer", (column) => column.notNull().defaultTo(2)).execute();
  await alerts.addColumn("fallback_revision", "integer", (column) => column.notNull().defaultTo(0)).execute();
  await alerts.addColumn("group_id", "text").execute();
  await alerts.addColumn("claimed_at", "text").execute();
  await fillAlerts(db.withTables<{ alerts: AlertRow }>());
  // The condition must match the query of owed.ts, or the databases do not use the index.
  await sql`drop index alerts_undelivered`.execute(db);
  await sql`
    create index alerts_undelivered
      on alerts (priority, opened_at, id, channel, card_channel, cause, ts, resolved_at, retry_at, lease_until, claimed_at)
      where group_id is null and (delivered_revision < revision or replies <> '[]')`.execute(db);
  await sql`
    create index alerts_owed_by_group on alerts (group_id, priority)
      where group_id is not null
        and (delivered_revision < revision or replies <> '[]' or (replied_revision = 0 and resolved_at is null))`.execute(
    db,
  );
  await sql`create index alerts_of_group on alerts (group_id, opened_at, id) where group_id is not null`.execute(db);
  await sql`
    create index alerts_open_in_group on alerts (group_id, cause, card_channel)
      where group_id is not null and resolved_at is null`.execute(db);
  await sql`
    create index alerts_sharing on alerts (id, cause, card_channel, group_id, ts, lease_until, claimed_at)
      where resolved_at is null and cause is not null`.execute(db);
  await sql`create index alerts_resolved on alerts (resolved_at) where resolved_at is not null`.execute(db);
}

async function makeOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("groups")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("cause", "text", (column) => column.notNull())
    .addColumn("card_channel", "text", (column) => column.notNull())
    .addColumn("opened_at", "text", (column) => column.notNull())
    .addColumn("resolved_at", "text")
    .addColumn("spoke_at", "text")
    .addColumn("channel", "text")
    .addColumn("ts", "text")
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("retry_at", "text")
    .addColumn("last_error", "text")
    .addColumn("lease", "text")
    .addColumn("lease_until", "text")
    .addColumn("claimed_at", "text")
    .execute();
  await sql`create index groups_open on groups (cause, card_channel, id) where resolved_at is null`.execute(db);
  await db.schema
    .createTable("notes")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("priority", "integer", (column) => column.notNull())
    .addColumn("routes", "text", (column) => column.notNull())
    .addColumn("route", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("watch", "text")
    .addColumn("channel", "text")
    .addColumn("ts", "text")
    .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
    .addColumn("retry_at", "text")
    .addColumn("last_error", "text")
    .addColumn("lease", "text")
    .addColumn("lease_until", "text")
    .addColumn("claimed_at", "text")
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await sql`create index notes_owed on notes (priority, at, id) where ts is null`.execute(db);
  await db.schema
    .createTable("channel_slots")
    .addColumn("channel", "text", (column) => column.primaryKey().notNull())
    .addColumn("asked_at", "text")
    .addColumn("next_at", "text")
    .addColumn("delayed_until", "text")
    .execute();
}

async function makeMemory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("history")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("watch", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await sql`create index history_of_watch on history (watch, position)`.execute(db);
  await sql`create index history_by_time on history (at, position)`.execute(db);
  await db.schema
    .createTable("marks")
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("spec", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("viewers")
    .addColumn("user_id", "text", (column) => column.primaryKey().notNull())
    .addColumn("seen_at", "text", (column) => column.notNull())
    .execute();
}

async function up(db: Kysely<unknown>): Promise<void> {
  await changeWatches(db);
  await changeAlerts(db);
  await makeOutbox(db);
  await makeMemory(db);
}
