import type { Kysely } from "kysely";
import { isHome } from "../watch/message.ts";
import type { Outbox, Sent } from "../watch/outbox.ts";
import { owedRow } from "../watch/owed-row.ts";
import { lockAlerts } from "./alerts.ts";
import { latestOf, SUCCEEDED } from "./claiming.ts";
import { toColumn } from "./columns.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, DECODED, inBatches } from "./batches.ts";
import type { MessagesTable, Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";

/**
 * Saves calls that Slack took. A save that comes late counts too, because Slack has it; but it undoes nothing of a faster
 * one, and the message is then edited once more.
 */
export function createSent({ db, dialect }: StoreBase): Outbox["sent"] {
  return async (all) =>
    db.transaction().execute(async (trx) => {
      const [accepted, reminded] = [all.flatMap(acceptedBy), all.flatMap(remindedBy)];
      // Every program locks alerts before messages, and each by id, so that none waits for another in a circle.
      await lockAlerts(
        trx,
        dialect,
        [...accepted, ...reminded].map(({ id }) => id),
      );
      await accept(trx, accepted);
      const groups = await groupsOf(trx, reminded);
      if (groups.size > 0)
        await lockMessages(trx, dialect, [...groups.keys(), ...all.map(({ claim }) => claim.message.id)]);
      const sorted = all.toSorted((a, b) => (a.claim.message.id < b.claim.message.id ? -1 : 1));
      for await (const piece of inBatches(sorted, DECODED)) for (const one of piece) await saveOne(trx, dialect, one);
      for (const [id, at] of groups)
        await trx
          .updateTable("messages")
          .set({ spoke_at: toColumn(at) })
          .where("id", "=", id)
          .execute();
    });
}

interface ToldAlert {
  readonly id: string;
  readonly at: Date;
}

/** Alerts that the call told for the first time where they live. */
function acceptedBy({ claim, call, at }: Sent): readonly ToldAlert[] {
  if (call.kind === "forget" || !isHome(claim.message)) return [];
  const settled = new Set(call.settles);
  const joined = claim.owed.filter(({ id, what }) => what === "joined" && settled.has(id));
  return joined.flatMap(({ alert }) => (alert === null ? [] : [{ id: alert, at }]));
}

/** Alerts that the call reminded of in another message than their own. */
function remindedBy({ claim, call, at }: Sent): readonly ToldAlert[] {
  if (call.kind !== "post" || claim.message.kind !== "reminders") return [];
  const reminders = claim.owed.filter(({ what }) => what === "reminder");
  return reminders.flatMap(({ alert }) => (alert === null ? [] : [{ id: alert, at }]));
}

/** The groups that these alerts live in, with when each was reminded of: its own reminder would say the same again. */
async function groupsOf(trx: Kysely<Schema>, reminded: readonly ToldAlert[]): Promise<ReadonlyMap<string, Date>> {
  const groups = new Map<string, Date>();
  const times = new Map(reminded.map(({ id, at }) => [id, at]));
  for await (const ids of inBatches([...times.keys()], BOUND)) {
    const rows = await trx
      .selectFrom("alerts")
      .innerJoin("messages", "messages.id", "alerts.message_id")
      .select(["alerts.id as alert", "messages.id as message"])
      .where("alerts.id", "in", ids)
      .where("messages.kind", "=", "group")
      .execute();
    for (const { alert, message } of rows) groups.set(message, times.get(alert) ?? new Date(0));
  }
  return groups;
}

async function lockMessages(
  trx: Kysely<Schema>,
  dialect: StoreBase["dialect"],
  messages: readonly string[],
): Promise<void> {
  for await (const ids of inBatches([...new Set(messages)].toSorted(), BOUND))
    await dialect
      .lockRows(trx.selectFrom("messages").select("id").where("id", "in", ids).orderBy("id"), "wait")
      .execute();
}

/** Notes when Slack first had these alerts, whose rows are locked. */
export async function accept(trx: Kysely<Schema>, alerts: readonly ToldAlert[]): Promise<void> {
  for await (const piece of inBatches(alerts, BOUND))
    for (const [at, same] of Map.groupBy(piece, (one) => toColumn(one.at)))
      await trx
        .updateTable("alerts")
        .set({ accepted_at: at })
        .where(
          "id",
          "in",
          same.map(({ id }) => id),
        )
        .where("accepted_at", "is", null)
        .execute();
}

async function saveOne(trx: Kysely<Schema>, dialect: StoreBase["dialect"], sent: Sent): Promise<void> {
  const { claim, call, ref, at } = sent;
  const { id } = claim.message;
  const row = await dialect
    .lockRows(trx.selectFrom("messages").selectAll().where("id", "=", id), "wait")
    .executeTakeFirst();
  if (row === undefined) return;
  const late = isLate(row, sent);
  if (call.kind === "forget") {
    if (!late) await settle(trx, id, call.settles);
    return;
  }
  // A faster courier's post stands; this one is a second message that nobody keeps up to date.
  const hasOther = row.ts !== null && row.ts !== claim.message.ref?.ts && row.ts !== ref?.ts;
  if (call.kind === "post" && late && hasOther) return;
  const noticed = call.kind === "post" || (call.kind === "reply" && call.notice);
  await trx
    .updateTable("messages")
    .set({
      ...SUCCEEDED,
      ...(call.kind === "post" && { channel: ref?.channel ?? null, ts: ref?.ts ?? null, posted_at: toColumn(at) }),
      ...(noticed && { spoke_at: toColumn(at) }),
    })
    .where("id", "=", id)
    .execute();
  await settle(trx, id, call.settles);
  const mayBeOld = late && call.kind !== "reply";
  if (mayBeOld || (call.kind === "post" && (await isEmptyHome(trx, row)))) await oweAgain(trx, sent);
}

/** Somebody else took the message, or the lease ended: others may have changed it since. */
function isLate({ lease, lease_until, claimed_at }: MessagesTable, { claim, at }: Sent): boolean {
  if (lease !== claim.lease) return true;
  const wasSetBack = claimed_at !== null && claimed_at > latestOf(at);
  return !wasSetBack && lease_until !== null && lease_until <= toColumn(at);
}

/** By id and message: a row that regroup moved meanwhile is owed by another message. */
export async function settle(trx: Kysely<Schema>, message: string, ids: readonly string[]): Promise<void> {
  for await (const piece of inBatches(ids, BOUND))
    await trx.deleteFrom("owed").where("message_id", "=", message).where("id", "in", piece).execute();
}

/** True for a home in which no alert lives any more. */
async function isEmptyHome(trx: Kysely<Schema>, row: MessagesTable): Promise<boolean> {
  if (!isHome(row)) return false;
  const living = await trx
    .selectFrom("alerts")
    .select("id")
    .where("message_id", "=", row.id)
    .limit(1)
    .executeTakeFirst();
  return living === undefined;
}

/** Slack may show something older than it has, so the message is edited once more. */
async function oweAgain(trx: Kysely<Schema>, { claim, at }: Sent): Promise<void> {
  const { id: message } = claim.message;
  const [shown] = claim.alerts;
  if (shown === undefined) return;
  const { alert } = shown;
  const row = owedRow({ message, alert, severity: alert.severity, what: "content", at });
  // A name for this save alone: the faster courier may hold a row of the usual name, and settle it.
  await addOwed(trx, [{ ...row, id: `${message}/${claim.lease}/${toColumn(at)}/content` }]);
}
