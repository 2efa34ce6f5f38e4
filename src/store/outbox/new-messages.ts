import type { Kysely } from "kysely";
import type { NewMessage } from "../../outbox/message.ts";
import { owedRow, type PlacedOwed } from "../../outbox/owed-row.ts";
import { toColumn, writeJson, writeNullableJson } from "../tables/columns.ts";
import { TextList } from "../tables/json.ts";
import { MessageBodyJson } from "../tables/message-json.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, DECODED, inBatches } from "../tables/batches.ts";
import type { AlertsTable, MessagesTable, Schema } from "../tables/schema.ts";

/**
 * Adds messages to the outbox, in the transaction of the change that causes them. A message that already exists does
 * not change.
 */
export async function addMessages(trx: Kysely<Schema>, messages: readonly NewMessage[]): Promise<void> {
  for await (const piece of inBatches(messages, DECODED)) for (const message of piece) await addMessage(trx, message);
}

/** Inserts the row of a new message. Returns false when the row exists already. */
export async function insertMessage(
  trx: Kysely<Schema>,
  id: string,
  kind: MessagesTable["kind"],
  routes: readonly string[],
  at: Date,
  fields: Partial<Pick<MessagesTable, "body" | "subject" | "failures" | "retry_at" | "last_error">> = {},
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto("messages")
    .values({
      id,
      kind,
      routes: writeJson(TextList, routes),
      route: routes[0] ?? "",
      created_at: toColumn(at),
      failures: 0,
      ...fields,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows > 0n;
}

/** Adds these alerts to a list. The caller has locked their rows, or has just created them in this transaction. */
export async function mention(trx: Kysely<Schema>, message: string, alerts: readonly string[]): Promise<void> {
  for await (const ids of inBatches(alerts, BOUND))
    await trx
      .insertInto("mentions")
      .values(ids.map((alert_id) => ({ message_id: message, alert_id })))
      .onConflict((conflict) => conflict.columns(["message_id", "alert_id"]).doNothing())
      .execute();
}

async function addMessage(trx: Kysely<Schema>, message: NewMessage): Promise<void> {
  await insertMessage(trx, message.id, message.kind, message.routes, message.at, {
    body: writeNullableJson(MessageBodyJson, message.body),
  });
  if (message.alerts.length === 0) await addOwed(trx, [joinedOf(message, null)]);
  for await (const ids of inBatches(message.alerts, BOUND)) {
    const known = await trx.selectFrom("alerts").select(["id", "revision"]).where("id", "in", ids).execute();
    if (known.length === 0) continue;
    await mention(
      trx,
      message.id,
      known.map(({ id }) => id),
    );
    await addOwed(
      trx,
      known.map((alert) => joinedOf(message, alert)),
    );
  }
}

function joinedOf(
  { id: message, severity, at }: NewMessage,
  alert: Pick<AlertsTable, "id" | "revision"> | null,
): PlacedOwed {
  return owedRow({ message, alert, severity, what: "joined", at });
}
