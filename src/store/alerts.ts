import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { Alert } from "../watch/alert.ts";
import { ENDS } from "../watch/superseded.ts";
import { toColumn } from "./columns.ts";
import { BOUND, inBatches } from "./batches.ts";
import type { AlertsTable, Schema } from "./schema.ts";
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

/** Locks the rows of these alerts until the transaction ends, in one order for all programs. */
export const lockAlerts = async (
  trx: Kysely<Schema>,
  dialect: StoreDialect,
  alerts: readonly string[],
): Promise<void> => {
  for await (const ids of inBatches([...new Set(alerts)].toSorted(), BOUND))
    await dialect
      .lockRows(trx.selectFrom("alerts").select("id").where("id", "in", ids).orderBy("id"), "wait")
      .execute();
};

/** True for an alert that a message shows and is not still to be announced there. */
export const isToldIn = (message: string): RawBuilder<SqlBool> => sql<SqlBool>`
  not exists (select 1 from owed
    where owed.alert_id = alerts.id and owed.message_id = ${message} and owed.what = 'joined')`;

/** Those of these alerts whose thread was not told yet that they are over. */
export const readEndOwed = async (db: Kysely<Schema>, alerts: readonly string[]): Promise<ReadonlySet<string>> => {
  if (alerts.length === 0) return new Set();
  const rows = await db
    .selectFrom("owed")
    .select("alert_id")
    .where("alert_id", "in", alerts)
    .where("what", "in", ENDS)
    .execute();
  return new Set(rows.flatMap(({ alert_id }) => alert_id ?? []));
};
