import type { Kysely } from "kysely";
import type { Owed } from "../../outbox/message.ts";
import type { PlacedOwed } from "../../outbox/owed-row.ts";
import { RenewalEntryJson } from "../tables/audit-json.ts";
import { readJson, toColumn, writeJson, writeNullableJson } from "../tables/columns.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { OwedTable, Schema } from "../tables/schema.ts";
import { ReplyJson } from "../tables/state-json.ts";
import { StoreError } from "../store-error.ts";

/** Adds owed rows, in the transaction of the change that causes them. A row with an existing ID is not added again. */
export async function addOwed(trx: Kysely<Schema>, rows: readonly PlacedOwed[]): Promise<void> {
  for await (const piece of inBatches(rows, BOUND))
    await trx
      .insertInto("owed")
      .values(piece.map(owedToRow))
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
}

/** Throws a StoreError when the row cannot be read. */
export function owedFromRow(row: OwedTable): Owed {
  const { id, alert_id: alert, revision, at } = row;
  const common = {
    id,
    alert,
    revision,
    priority: row.priority === 0 ? 0 : row.priority === 1 ? 1 : 2,
    at: new Date(at),
    notice: row.notice !== 0,
    toldElsewhere: row.told_elsewhere !== 0,
  } as const;
  if (row.what === "content" || row.what === "joined" || row.what === "left")
    return { ...common, what: row.what, reply: null, entry: null };
  if (row.word === null)
    throw new StoreError(
      "corrupt",
      `The stored owed row ${id} cannot be read. Delete the row; Slack then gets the message without that reply.`,
    );
  if (row.what === "renewal")
    return { ...common, what: row.what, reply: null, entry: readJson(RenewalEntryJson, row.word, `owed row ${id}`) };
  const reply = readJson(ReplyJson, row.word, `owed row ${id}`);
  return { ...common, what: reply.reason, reply, entry: null };
}

function owedToRow(row: PlacedOwed): OwedTable {
  return {
    id: row.id,
    message_id: row.message,
    alert_id: row.alert,
    revision: row.revision,
    what: row.what,
    priority: row.priority,
    at: toColumn(row.at),
    notice: row.notice ? 1 : 0,
    word: row.entry === null ? writeNullableJson(ReplyJson, row.reply) : writeJson(RenewalEntryJson, row.entry),
    told_elsewhere: row.toldElsewhere ? 1 : 0,
  };
}
