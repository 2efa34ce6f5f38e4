import type { Kysely } from "kysely";
import { oweRenewal, renewalMessageId } from "../../outbox/owe-renewal.ts";
import type { RenewalStore } from "../../renewal/ports.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { insertMessage } from "../outbox/new-messages.ts";
import { addOwed } from "../outbox/owed-rows.ts";
import type { StoreBase } from "../store-base.ts";
import { renewalFromRow, renewalToColumns } from "../tables/codec.ts";
import type { RenewalsTable, Schema } from "../tables/schema.ts";
import { addAudit } from "../watches/history.ts";

/**
 * Opens a renewal with its message and entries, in one transaction. The unique indexes of the table decide between two
 * programs that start at once. A repeated start changes nothing.
 */
export function createStartRenewal({ db, unreadable }: StoreBase): RenewalStore["startRenewal"] {
  const open = async (renewal: Renewal, entries: Parameters<RenewalStore["startRenewal"]>[1]): Promise<boolean> =>
    db.transaction().execute(async (trx) => {
      const { numInsertedOrUpdatedRows = 0n } = await trx
        .insertInto("renewals")
        .values({ id: renewal.id, ...renewalToColumns(renewal) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return false;
      const message = renewalMessageId(renewal);
      await insertMessage(trx, message, "renewal", [renewal.card.channel], renewal.startedAt, { subject: renewal.id });
      await addOwed(trx, oweRenewal(renewal, entries, "joined"));
      await addAudit(trx, entries);
      return true;
    });

  return async (renewal, entries) => {
    for (;;) {
      if (await open(renewal, entries)) return null;
      const row = await obstacleOf(db, renewal);
      if (row === "own") return null;
      if (row !== undefined) {
        // An unreadable renewal still blocks its watch. The error names the next step.
        const blocking = unreadable.read("renewals", row.id, () => renewalFromRow(row));
        return { open: blocking ?? renewalFromRow(row) };
      }
      // The other renewal ended in the meantime, so this one can start.
    }
  };
}

/** The open renewal that prevents this one; `own` when this renewal is already stored. */
async function obstacleOf(
  db: Kysely<Schema>,
  { id, watch, place }: Renewal,
): Promise<RenewalsTable | "own" | undefined> {
  const rows = await db
    .selectFrom("renewals")
    .selectAll()
    .where((is) =>
      is.or([
        is("id", "=", id),
        is.and([is("ended_at", "is", null), is("watch", "=", watch)]),
        ...(place === null ? [] : [is.and([is("ended_at", "is", null), is("place_key", "=", place.key)])]),
      ]),
    )
    .execute();
  if (rows.some((row) => row.id === id)) return "own";
  // The person knows the own watch best.
  return rows.find((row) => row.watch === watch) ?? rows[0];
}
