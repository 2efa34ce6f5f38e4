import type { Kysely } from "kysely";
import { owedRow } from "../../outbox/owed-row.ts";
import type { Placing, Plan } from "../../outbox/plan-places.ts";
import { isNamedToo } from "../../alert/reminders.ts";
import { isShownIn } from "../watches/alerts.ts";
import type { Found } from "./candidates.ts";
import { alertFromRow } from "../tables/codec.ts";
import { insertMessage, mention } from "./new-messages.ts";
import { oweLists } from "./owe-lists.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, DECODED, inBatches, readInBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Moves alerts, lists and reminders as planned. Returns how many alerts joined a group. */
export async function applyPlan(
  trx: Kysely<Schema>,
  base: Pick<StoreBase, "dialect" | "unreadable">,
  plan: Plan,
  found: Found,
  now: Date,
): Promise<number> {
  const movable = new Set(found.movable);
  let joined = 0;
  for await (const places of inBatches(plan.places, DECODED))
    for (const place of places) {
      const alerts = (place.kind === "alert" ? [place.alert] : place.alerts).filter((id) => movable.delete(id));
      if (alerts.length === 0) continue;
      const isNew = await makeHome(trx, place, now);
      await moveAlerts(trx, alerts, place.message);
      if (place.kind === "group") {
        if (!isNew) {
          await oweContent(trx, place, alerts, now);
          await oweLists(trx, place.message, alerts, now);
        }
        joined += alerts.length;
      }
    }
  await returnStrays(trx, found.strays);
  for (const { from, into } of plan.merges)
    if (found.free.has(from) && found.free.has(into)) await mergeLists(trx, from, into);
  for (const list of plan.reminders) await gatherReminders(trx, base, list, found, now);
  return joined;
}

/** Creates the message of a place. Returns false when the message already exists. */
async function makeHome(trx: Kysely<Schema>, place: Placing, now: Date): Promise<boolean> {
  const subject = place.kind === "alert" ? place.alert : place.cause;
  return insertMessage(trx, place.message, place.kind, [place.channel], now, { subject });
}

/** Moves alerts and their owed rows to another message. Deletes their own messages, which Slack never showed. */
async function moveAlerts(trx: Kysely<Schema>, alerts: readonly string[], message: string): Promise<void> {
  for await (const ids of inBatches(alerts, BOUND)) {
    const old = await trx.selectFrom("alerts").select("message_id").where("id", "in", ids).execute();
    const left = old.flatMap(({ message_id }) => message_id ?? []);
    await trx.updateTable("alerts").set({ message_id: message }).where("id", "in", ids).execute();
    await trx
      .updateTable("owed")
      .set({ message_id: message })
      .where("alert_id", "in", ids)
      .where((is) =>
        left.length === 0
          ? is("message_id", "is", null)
          : is.or([is("message_id", "is", null), is("message_id", "in", left)]),
      )
      .execute();
    if (left.length > 0) await trx.deleteFrom("messages").where("id", "in", left).where("ts", "is", null).execute();
  }
}

/**
 * Owes an edit of an existing group, because the group must show the new alerts. A post that is already on its way
 * shows only the alerts that were read for it.
 */
async function oweContent(
  trx: Kysely<Schema>,
  { message }: Placing,
  [first]: readonly string[],
  now: Date,
): Promise<void> {
  if (first === undefined) return;
  const alert = await trx
    .selectFrom("alerts")
    .select(["id", "revision", "severity"])
    .where("id", "=", first)
    .executeTakeFirstOrThrow();
  await addOwed(trx, [owedRow({ message, alert, severity: alert.severity, what: "content", at: now })]);
}

/**
 * Moves each stray reminder to the home of its alert. A reminder stays in a list only while Slack shows the alert's
 * message in the list's channel. A new post of the home shows the current alert, so it settles the reminder. Without a
 * home, the reminder waits for one.
 */
async function returnStrays(trx: Kysely<Schema>, strays: Found["strays"]): Promise<void> {
  for (const { owed, alert, list } of strays)
    await trx
      .updateTable("owed")
      .set((is) => ({ message_id: is.selectFrom("alerts").select("message_id").where("alerts.id", "=", alert) }))
      .where("id", "=", owed)
      .where("message_id", "=", list)
      .execute();
}

async function mergeLists(trx: Kysely<Schema>, from: string, into: string): Promise<void> {
  const rows = await trx.selectFrom("mentions").select("alert_id").where("message_id", "=", from).execute();
  await mention(
    trx,
    into,
    rows.map(({ alert_id }) => alert_id),
  );
  await trx.deleteFrom("mentions").where("message_id", "=", from).execute();
  await trx.updateTable("owed").set({ message_id: into }).where("message_id", "=", from).execute();
  await trx.deleteFrom("messages").where("id", "=", from).execute();
}

async function gatherReminders(
  trx: Kysely<Schema>,
  base: Pick<StoreBase, "dialect" | "unreadable">,
  { message, channel, owed }: Plan["reminders"][number],
  { candidates }: Found,
  now: Date,
): Promise<void> {
  const wanted = new Set(owed);
  const waiting = candidates.reminders.filter((one) => wanted.has(one.owed));
  if (waiting.length === 0) return;
  await insertMessage(trx, message, "reminders", [channel], now);
  await mention(
    trx,
    message,
    waiting.map(({ alert }) => alert),
  );
  for (const [home, rows] of Map.groupBy(waiting, (one) => one.message)) {
    for await (const piece of inBatches(rows, BOUND))
      await trx
        .updateTable("owed")
        .set({ message_id: message })
        .where("message_id", "=", home)
        .where(
          "id",
          "in",
          piece.map((one) => one.owed),
        )
        .execute();
    await mention(trx, message, await readNamed(trx, base, home, now));
  }
}

/**
 * Returns the alerts that a reminder of this home names. Skips an alert that another program is changing: this
 * transaction holds locks on messages, so a wait for the alert could deadlock.
 */
async function readNamed(
  trx: Kysely<Schema>,
  { dialect, unreadable }: Pick<StoreBase, "dialect" | "unreadable">,
  home: string,
  now: Date,
): Promise<readonly string[]> {
  const members = readInBatches<AlertsTable>(DECODED, async (last, size) => {
    const shown = trx
      .selectFrom("alerts")
      .selectAll()
      .where("message_id", "=", home)
      .where("resolved_at", "is", null)
      .where("severity", "=", "critical")
      .where(isShownIn(home))
      .orderBy("id")
      .limit(size);
    return dialect.lockRows(last === undefined ? shown : shown.where("id", ">", last.id), "skip").execute();
  });
  const named: string[] = [];
  for await (const rows of members)
    named.push(
      ...rows
        .flatMap((row) => unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? [])
        .filter((alert) => isNamedToo(alert, now))
        .map(({ id }) => id),
    );
  return named;
}
