import type { Kysely } from "kysely";
import type { StoredChange } from "../../watch/ports.ts";
import { type Home, owe } from "../../outbox/owe.ts";
import { alertToColumns } from "../tables/codec.ts";
import { fromNullableColumn } from "../tables/columns.ts";
import { addHistory } from "./history.ts";
import { addMessages } from "../outbox/new-messages.ts";
import { addOwed } from "../outbox/owed-rows.ts";
import type { AlertsTable, MessagesTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/**
 * Saves changes of alerts with their owed rows, messages and history, in one transaction. The caller passes at most one
 * batch. The row of each alert is locked before its home is read. So no other program can move the alert meanwhile.
 */
export async function saveChanges(
  trx: Kysely<Schema>,
  base: Pick<StoreBase, "dialect">,
  changes: readonly StoredChange[],
): Promise<void> {
  if (changes.length > 0) await saveAlerts(trx, base, changes);
  await addHistory(
    trx,
    changes.flatMap(({ history }) => history),
  );
  await addMessages(
    trx,
    changes.flatMap(({ messages }) => messages),
  );
}

async function saveAlerts(
  trx: Kysely<Schema>,
  { dialect }: Pick<StoreBase, "dialect">,
  changes: readonly StoredChange[],
): Promise<void> {
  const ids = changes.map(({ alert }) => alert.id);
  const known = trx
    .selectFrom("alerts")
    .select(["id", "revision", "resolved_at", "message_id"])
    .where("id", "in", ids)
    .orderBy("id");
  const stored = new Map((await dialect.lockRows(known, "wait").execute()).map((row) => [row.id, row]));
  const homes = await readHomes(trx, [...stored.values()]);
  const mentions = await readMentions(trx, [...stored.keys()]);
  const owing = changes.map(({ alert, replies, at }) => {
    const row = stored.get(alert.id);
    const before =
      row === undefined ? null : { revision: row.revision, resolvedAt: fromNullableColumn(row.resolved_at) };
    const home = homes.get(row?.message_id ?? "") ?? null;
    const owed = owe({ before, home, mentions: mentions.get(alert.id) ?? [] }, alert, replies, at);
    const columns = { cause: owed.cause, message_id: owed.leaves ? null : (row?.message_id ?? null) };
    return { row: { id: alert.id, ...alertToColumns(alert), ...columns }, owed: owed.rows };
  });
  await trx
    .insertInto("alerts")
    .values(owing.map(({ row }) => row))
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
        message_id: is.ref("excluded.message_id"),
      })),
    )
    .execute();
  await addOwed(
    trx,
    owing.flatMap(({ owed }) => owed),
  );
}

async function readHomes(
  trx: Kysely<Schema>,
  alerts: readonly Pick<AlertsTable, "message_id">[],
): Promise<ReadonlyMap<string, Home>> {
  const ids = [...new Set(alerts.flatMap(({ message_id }) => message_id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("messages")
    .select(["id", "kind", "subject", "route", "ts"])
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.id, homeOf(row)]));
}

function homeOf({
  id,
  kind,
  subject,
  route,
  ts,
}: Pick<MessagesTable, "id" | "kind" | "subject" | "route" | "ts">): Home {
  const isGroup = kind === "group";
  return { id, kind: isGroup ? "group" : "alert", cause: isGroup ? subject : null, route, isPosted: ts !== null };
}

async function readMentions(
  trx: Kysely<Schema>,
  alerts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (alerts.length === 0) return new Map();
  const rows = await trx.selectFrom("mentions").selectAll().where("alert_id", "in", alerts).execute();
  return new Map(
    [...Map.groupBy(rows, ({ alert_id }) => alert_id)].map(([id, own]) => [
      id,
      own.map(({ message_id }) => message_id),
    ]),
  );
}
