import type { Kysely } from "kysely";
import type { Alert } from "../watch/alert.ts";
import type { AlertChange, WatchStore } from "../watch/ports.ts";
import { alertFromRow, alertToColumns, repliesToColumns } from "./codec.ts";
import { toColumn } from "./columns.ts";
import { addHistory } from "./history.ts";
import { addNotes } from "./notes.ts";
import type { AlertsTable, Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";
import type { StoreDialect } from "./store-dialect.ts";

/** The rows of the open alerts of these watches, by watch. */
export const readOpenAlerts = async (
  db: Kysely<Schema>,
  watches: readonly string[],
): Promise<ReadonlyMap<string, AlertsTable>> => {
  if (watches.length === 0) return new Map();
  const rows = await db
    .selectFrom("alerts")
    .selectAll()
    .where("resolved_at", "is", null)
    .where("watch", "in", watches)
    .execute();
  return new Map(rows.map((row) => [row.watch, row]));
};

/** The rows of alerts of these watches that were resolved since then, by watch, the latest first. */
export const readResolvedSince = async (
  db: Kysely<Schema>,
  watches: readonly string[],
  since: Date | undefined,
): Promise<ReadonlyMap<string, readonly AlertsTable[]>> => {
  if (watches.length === 0 || since === undefined) return new Map();
  const rows = await db
    .selectFrom("alerts")
    .selectAll()
    .where("resolved_at", ">", toColumn(since))
    .where("watch", "in", watches)
    .orderBy("resolved_at", "desc")
    .execute();
  return Map.groupBy(rows, ({ watch }) => watch);
};

/** Groups that were over and have an open alert again: their message shows it, and others may join. */
const reopenGroups = async (trx: Kysely<Schema>, alerts: readonly string[]): Promise<void> => {
  if (alerts.length === 0) return;
  await trx
    .updateTable("groups")
    .set({ resolved_at: null })
    .where("resolved_at", "is not", null)
    .where("id", "in", (from) =>
      from
        .selectFrom("alerts")
        .select("group_id")
        .where("id", "in", alerts)
        .where("group_id", "is not", null)
        .$narrowType<{ group_id: string }>(),
    )
    .execute();
};

/**
 * Whether an alert still is as a round saw it: people answer it too, and what they did must not be overwritten by what
 * was decided without it. Locks the row.
 */
export const isUnchanged = async (trx: Kysely<Schema>, dialect: StoreDialect, seen: Alert): Promise<boolean> => {
  const stored = await dialect
    .lockRows(trx.selectFrom("alerts").select("revision").where("id", "=", seen.id), "wait")
    .executeTakeFirst();
  return stored === undefined || stored.revision === seen.revision;
};

/**
 * Saves what a round or a person made of alerts, inside that transaction. What was delivered since stays delivered: its
 * columns are not touched, and a reply that went out meanwhile does not come back.
 */
const saveAlerts = async (
  trx: Kysely<Schema>,
  { dialect, causeOf }: StoreBase,
  alerts: readonly Alert[],
): Promise<void> => {
  if (alerts.length === 0) return;
  const ids = alerts.map(({ id }) => id);
  const known = trx
    .selectFrom("alerts")
    .select(["id", "replied_revision", "resolved_at"])
    .where("id", "in", ids)
    .orderBy("id");
  const stored = await dialect.lockRows(known, "wait").execute();
  const replied = new Map(stored.map((row) => [row.id, row.replied_revision]));
  const rows = alerts.map((alert) => {
    const owed = alert.replies.filter(({ revision }) => revision > (replied.get(alert.id) ?? 0));
    return {
      id: alert.id,
      ...alertToColumns(alert),
      ...repliesToColumns(alert.severity, owed),
      cause: causeOf(alert),
      delivered_revision: 0,
      replied_revision: 0,
      fallback_revision: 0,
      failures: 0,
    };
  });
  await trx
    .insertInto("alerts")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((is) => ({
        watch: is.ref("excluded.watch"),
        opened_at: is.ref("excluded.opened_at"),
        resolved_at: is.ref("excluded.resolved_at"),
        revision: is.ref("excluded.revision"),
        body: is.ref("excluded.body"),
        severity: is.ref("excluded.severity"),
        card_channel: is.ref("excluded.card_channel"),
        cause: is.ref("excluded.cause"),
        replies: is.ref("excluded.replies"),
        priority: is.ref("excluded.priority"),
      })),
    )
    .execute();
  const open = new Set(alerts.filter(({ resolvedAt }) => resolvedAt === null).map(({ id }) => id));
  const over = stored.filter(({ id, resolved_at }) => resolved_at !== null && open.has(id));
  await reopenGroups(
    trx,
    over.map(({ id }) => id),
  );
};

/** Saves alerts with what their change leaves behind; not more at once than may be encoded at a stretch. */
export const saveChanges = async (
  trx: Kysely<Schema>,
  base: StoreBase,
  changes: readonly AlertChange[],
): Promise<void> => {
  await saveAlerts(
    trx,
    base,
    changes.map(({ alert }) => alert),
  );
  await addHistory(
    trx,
    changes.flatMap(({ history }) => history),
  );
  await addNotes(
    trx,
    changes.flatMap(({ notes }) => notes),
  );
};

/** Changes one alert as a person asked, whatever a round or another person does at the same time. */
export const createChangeAlert =
  (base: StoreBase): WatchStore["changeAlert"] =>
  (id, change) =>
    base.db.transaction().execute(async (trx) => {
      const row = await base.dialect
        .lockRows(trx.selectFrom("alerts").selectAll().where("id", "=", id), "wait")
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const alert = alertFromRow(row);
      const changed = change(alert);
      if (changed === undefined) return alert;
      await saveChanges(trx, base, [changed]);
      return changed.alert;
    });
