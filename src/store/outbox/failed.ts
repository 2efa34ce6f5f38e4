import type { Kysely } from "kysely";
import type { After } from "../../outbox/after-failure.ts";
import type { MessageClaim, Outbox } from "../../outbox/outbox.ts";
import { owedRow } from "../../outbox/owed-row.ts";
import { lockAlerts } from "../watches/alerts.ts";
import { failing, GIVEN_BACK, SUCCEEDED } from "../claiming.ts";
import { writeJson } from "../tables/columns.ts";
import { TextList } from "../tables/json.ts";
import { addMessages } from "./new-messages.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { Schema } from "../tables/schema.ts";
import { accept, settle } from "./sent.ts";
import type { StoreBase } from "../store-base.ts";

/** Saves the consequences of a call that Slack did not accept. Saves nothing when the lease was lost. */
export function createFailed({ db, dialect }: StoreBase): Outbox["failed"] {
  return async (claim, after, error, now) =>
    db.transaction().execute(async (trx) => {
      const taken = trx.selectFrom("messages").select("lease").where("id", "=", claim.message.id);
      if ((await taken.executeTakeFirst())?.lease !== claim.lease) return;
      // All programs lock alerts before messages, so they cannot deadlock.
      if (after.kind === "abandon") await lockAlerts(trx, dialect, after.alerts);
      if (after.kind === "retry") {
        const listed = after.messages.flatMap(({ alerts }) => alerts);
        await lockAlerts(trx, dialect, [...listed, ...after.accepted]);
        await accept(
          trx,
          after.accepted.map((id) => ({ id, at: now })),
        );
      }
      const row = await dialect.lockRows(taken, "wait").executeTakeFirst();
      if (row?.lease !== claim.lease) return;
      switch (after.kind) {
        case "abandon":
          return abandon(trx, claim, after.alerts, now);
        case "reroute":
          return reroute(trx, claim, after.routes, error);
        case "retry":
          return retry(trx, claim, after, error);
      }
    });
}

/**
 * Removes these alerts from their message and owes them as new alerts. When no alert remains in the message, the store
 * forgets where Slack shows it.
 */
async function abandon(
  trx: Kysely<Schema>,
  { message }: MessageClaim,
  alerts: readonly string[],
  now: Date,
): Promise<void> {
  for await (const ids of inBatches(alerts, BOUND)) {
    const living = await trx
      .selectFrom("alerts")
      .select(["id", "revision", "severity"])
      .where("id", "in", ids)
      .where("message_id", "=", message.id)
      .execute();
    const own = living.map(({ id }) => id);
    if (own.length === 0) continue;
    await trx.updateTable("alerts").set({ message_id: null }).where("id", "in", own).execute();
    await trx
      .updateTable("owed")
      .set({ message_id: null })
      .where("message_id", "=", message.id)
      .where("alert_id", "in", own)
      .execute();
    await addOwed(
      trx,
      living.map((alert) => owedRow({ message: null, alert, severity: alert.severity, what: "joined", at: now })),
    );
  }
  const living = await trx
    .selectFrom("alerts")
    .select(["id", "revision", "severity"])
    .where("message_id", "=", message.id)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const isGivenUp = living === undefined;
  // The message still shows the alerts that left, so it is edited.
  if (living !== undefined)
    await addOwed(trx, [
      owedRow({ message: message.id, alert: living, severity: living.severity, what: "content", at: now }),
    ]);
  await trx
    .updateTable("messages")
    .set({ ...GIVEN_BACK, ...SUCCEEDED, ...(isGivenUp && { channel: null, ts: null }) })
    .where("id", "=", message.id)
    .execute();
}

async function reroute(
  trx: Kysely<Schema>,
  { message }: MessageClaim,
  routes: readonly string[],
  error: string,
): Promise<void> {
  await trx
    .updateTable("messages")
    .set({
      ...GIVEN_BACK,
      routes: writeJson(TextList, routes),
      route: routes[0] ?? "",
      failures: 0,
      retry_at: null,
      last_error: error,
    })
    .where("id", "=", message.id)
    .execute();
}

async function retry(
  trx: Kysely<Schema>,
  { message }: MessageClaim,
  { at, isRefused, drops, toldElsewhere, messages }: Extract<After, { readonly kind: "retry" }>,
  error: string,
): Promise<void> {
  await trx
    .updateTable("messages")
    .set(failing({ error, retryAt: at, isRefused }))
    .where("id", "=", message.id)
    .execute();
  await settle(trx, message.id, drops);
  for await (const ids of inBatches(toldElsewhere, BOUND))
    await trx
      .updateTable("owed")
      .set({ told_elsewhere: 1 })
      .where("message_id", "=", message.id)
      .where("id", "in", ids)
      .execute();
  await addMessages(trx, messages);
}
