import type { Kysely } from "kysely";
import type { Alert } from "../watch/alert.ts";
import { alertFromRow, alertToColumns, repliesToColumn } from "./codec.ts";
import type { AlertsTable, Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";

/** The rows of open alerts, of these watches or of all, by watch. */
export const readOpenAlerts = async (
  db: Kysely<Schema>,
  watches: readonly string[] | "all",
): Promise<ReadonlyMap<string, AlertsTable>> => {
  if (watches.length === 0) return new Map();
  const open = db.selectFrom("alerts").selectAll().where("resolved_at", "is", null);
  const rows = await (watches === "all" ? open : open.where("watch", "in", watches)).execute();
  return new Map(rows.map((row) => [row.watch, row]));
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

/** Changes one alert as a person asked, whatever a round or another person does at the same time. */
export const changeAlert = (
  db: Kysely<Schema>,
  dialect: StoreDialect,
  id: string,
  change: (alert: Alert) => Alert | undefined,
): Promise<Alert | undefined> =>
  db.transaction().execute(async (trx) => {
    const row = await dialect
      .lockRows(trx.selectFrom("alerts").selectAll().where("id", "=", id), "wait")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const alert = alertFromRow(row);
    const changed = change(alert);
    if (changed === undefined) return alert;
    await saveAlert(trx, dialect, changed);
    return changed;
  });

/**
 * Saves what a round made of an alert, inside the round's transaction. What was delivered since the round began stays
 * delivered: its columns are not touched, and a reply that went out meanwhile does not come back.
 */
export const saveAlert = async (trx: Kysely<Schema>, dialect: StoreDialect, alert: Alert): Promise<void> => {
  const stored = await dialect
    .lockRows(trx.selectFrom("alerts").select("replied_revision").where("id", "=", alert.id), "wait")
    .executeTakeFirst();
  const replied = stored?.replied_revision ?? 0;
  const columns = {
    ...alertToColumns(alert),
    replies: repliesToColumn(alert.replies.filter((reply) => reply.revision > replied)),
  };
  await trx
    .insertInto("alerts")
    .values({ id: alert.id, ...columns, delivered_revision: 0, replied_revision: 0, failures: 0 })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(columns))
    .execute();
};
