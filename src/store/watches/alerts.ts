import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import { ENDS } from "../../outbox/superseded.ts";
import { toColumn } from "../tables/columns.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";
import type { StoreDialect } from "../store-dialect.ts";

export async function readOpenAlerts(
  db: Kysely<Schema>,
  watches: readonly string[],
): Promise<ReadonlyMap<string, AlertsTable>> {
  if (watches.length === 0) return new Map();
  const rows = await db
    .selectFrom("alerts")
    .selectAll()
    .where("resolved_at", "is", null)
    .where("watch", "in", watches)
    .execute();
  return new Map(rows.map((row) => [row.watch, row]));
}

/** Rows of alerts that were resolved after `since`, by watch, latest first. */
export async function readResolvedSince(
  db: Kysely<Schema>,
  watches: readonly string[],
  since: Date | undefined,
): Promise<ReadonlyMap<string, readonly AlertsTable[]>> {
  if (watches.length === 0 || since === undefined) return new Map();
  const rows = await db
    .selectFrom("alerts")
    .selectAll()
    .where("resolved_at", ">", toColumn(since))
    .where("watch", "in", watches)
    .orderBy("resolved_at", "desc")
    .execute();
  return Map.groupBy(rows, ({ watch }) => watch);
}

/** The current revisions of these alerts. An alert without a row is absent. */
export async function readRevisions(
  db: Kysely<Schema>,
  alerts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const revisions = new Map<string, number>();
  for await (const ids of inBatches(alerts, BOUND)) {
    const rows = await db.selectFrom("alerts").select(["id", "revision"]).where("id", "in", ids).execute();
    for (const { id, revision } of rows) revisions.set(id, revision);
  }
  return revisions;
}

/** Locks these rows until the transaction ends. All programs lock in the same order, so they cannot deadlock. */
export async function lockAlerts(trx: Kysely<Schema>, dialect: StoreDialect, alerts: readonly string[]): Promise<void> {
  for await (const ids of inBatches([...new Set(alerts)].toSorted(), BOUND))
    await dialect
      .lockRows(trx.selectFrom("alerts").select("id").where("id", "in", ids).orderBy("id"), "wait")
      .execute();
}

/**
 * SQL that is true for an alert that the message already shows. An owed `joined` row means that it does not show it
 * yet.
 */
export function isShownIn(message: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`
  not exists (select 1 from owed
    where owed.alert_id = alerts.id and owed.message_id = ${message} and owed.what = 'joined')`;
}

/** Returns the IDs of the alerts whose thread does not report their end yet. */
export async function readEndOwed(db: Kysely<Schema>, alerts: readonly string[]): Promise<ReadonlySet<string>> {
  if (alerts.length === 0) return new Set();
  const rows = await db
    .selectFrom("owed")
    .select("alert_id")
    .where("alert_id", "in", alerts)
    .where("what", "in", ENDS)
    .execute();
  return new Set(rows.flatMap(({ alert_id }) => alert_id ?? []));
}
