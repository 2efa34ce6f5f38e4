import { randomUUID } from "node:crypto";
import { failing, isFree } from "../claiming.ts";
import { insertMessage } from "./new-messages.ts";
import type { MessagesTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { asideUntil } from "../tables/unreadable.ts";

/**
 * Moves an unreadable alert from its group to its own message, so that the group can show its other alerts. The new
 * message is set aside. The alert joins a group again after a program that can read it has saved its cause.
 */
export async function putOut(base: StoreBase, group: MessagesTable, alert: string, now: Date): Promise<void> {
  const { db, dialect, unreadable } = base;
  const own = randomUUID();
  await db.transaction().execute(async (trx) => {
    const living = trx
      .selectFrom("alerts")
      .select("card_channel")
      .where("id", "=", alert)
      .where("message_id", "=", group.id);
    const row = await dialect.lockRows(living, "wait").executeTakeFirst();
    if (row === undefined) return;
    await insertMessage(trx, own, "alert", [row.card_channel], now, { subject: alert });
    await trx.updateTable("alerts").set({ message_id: own, cause: null }).where("id", "=", alert).execute();
    await trx
      .updateTable("owed")
      .set({ message_id: own })
      .where("alert_id", "=", alert)
      .where("message_id", "=", group.id)
      .execute();
    const error = unreadable.messageOf("alerts", alert) ?? "";
    await trx
      .updateTable("messages")
      .set(failing({ error, retryAt: asideUntil(now) }))
      .where("id", "=", own)
      .where(isFree(now))
      .execute();
  });
}
