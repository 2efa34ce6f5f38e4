import type { Kysely } from "kysely";
import { isHome } from "../../outbox/message.ts";
import type { Outbox, Sent } from "../../outbox/outbox.ts";
import { owedRow } from "../../outbox/owed-row.ts";
import { lockAlerts } from "../watches/alerts.ts";
import { latestOf, SUCCEEDED } from "../claiming.ts";
import { toColumn } from "../tables/columns.ts";
import { oweLists } from "./owe-lists.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, DECODED, inBatches } from "../tables/batches.ts";
import type { MessagesTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/**
 * Saves calls that Slack accepted. A late save counts too, because Slack already shows the result. A late save keeps
 * the result of a faster courier, and owes one more edit of the message.
 */
export function createSent({ db, dialect }: StoreBase): Outbox["sent"] {
  return async (all) =>
    db.transaction().execute(async (trx) => {
      const [accepted, reminded] = [all.flatMap(acceptedBy), all.flatMap(remindedBy)];
      // All programs lock alerts before messages, each sorted by ID, so they cannot deadlock.
      await lockAlerts(trx, dialect, [...[...accepted, ...reminded].map(({ id }) => id), ...all.flatMap(postedBy)]);
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

/** Saves the time at which Slack first accepted these alerts. The caller has locked their rows. */
export async function accept(trx: Kysely<Schema>, alerts: readonly AlertAt[]): Promise<void> {
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

/** Deletes owed rows by ID and message, because regroup may have moved a row to another message. */
export async function settle(trx: Kysely<Schema>, message: string, ids: readonly string[]): Promise<void> {
  for await (const piece of inBatches(ids, BOUND))
    await trx.deleteFrom("owed").where("message_id", "=", message).where("id", "in", piece).execute();
}

interface AlertAt {
  readonly id: string;
  readonly at: Date;
}

/** Alerts that the call showed in their home for the first time. */
function acceptedBy({ claim, call, at }: Sent): readonly AlertAt[] {
  if (call.kind === "forget" || !isHome(claim.message)) return [];
  const settled = new Set(call.settles);
  const joined = claim.owed.filter(({ id, what }) => what === "joined" && settled.has(id));
  return joined.flatMap(({ alert }) => (alert === null ? [] : [{ id: alert, at }]));
}

/** Alerts whose home this call posted. */
function postedBy({ claim, call }: Sent): readonly string[] {
  if (call.kind !== "post" || !isHome(claim.message)) return [];
  return claim.alerts.filter(({ as }) => as === "home").map(({ alert }) => alert.id);
}

/** Alerts that a reminder message named outside their own message. */
function remindedBy({ claim, call, at }: Sent): readonly AlertAt[] {
  if (call.kind !== "post" || claim.message.kind !== "reminders") return [];
  const reminders = claim.owed.filter(({ what }) => what === "reminder");
  return reminders.flatMap(({ alert }) => (alert === null ? [] : [{ id: alert, at }]));
}

/**
 * The groups of these alerts, with the time of the reminder. The group's own reminder then waits, because it would
 * repeat this one.
 */
async function groupsOf(trx: Kysely<Schema>, reminded: readonly AlertAt[]): Promise<ReadonlyMap<string, Date>> {
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
  // A faster courier posted another message, and that one stays current. The bot never edits this second message.
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
  if (row.ts !== ref?.ts) await oweLists(trx, id, postedBy(sent), at);
  const mayBeOld = late && call.kind !== "reply";
  if (mayBeOld || (call.kind === "post" && (await isEmptyHome(trx, row)))) await oweAgain(trx, sent);
}

/** True when the lease ended or another program claimed the message. The message may then be newer than this call. */
function isLate({ lease, lease_until, claimed_at }: MessagesTable, { claim, at }: Sent): boolean {
  if (lease !== claim.lease) return true;
  const wasSetBack = claimed_at !== null && claimed_at > latestOf(at);
  return !wasSetBack && lease_until !== null && lease_until <= toColumn(at);
}

/** True for a home without alerts. */
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

/** Owes one more edit, because Slack may show an older state. */
async function oweAgain(trx: Kysely<Schema>, { claim, at }: Sent): Promise<void> {
  const { id: message, kind } = claim.message;
  const alert = claim.alerts[0]?.alert ?? null;
  // A report never changes.
  if (alert === null && kind !== "renewal") return;
  const row = owedRow({ message, alert, severity: alert?.severity ?? "warning", what: "content", at });
  // The ID is unique to this save. A faster courier may hold a row with the usual ID and delete it, and the edit would
  // be lost.
  await addOwed(trx, [{ ...row, id: `${message}/${claim.lease}/${toColumn(at)}/content` }]);
}
