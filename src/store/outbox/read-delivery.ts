import type { Alert } from "../../alert/alert.ts";
import { type Delivery, isHome, type Message, type MessageRef, type Owed, type Shown } from "../../outbox/message.ts";
import { isDue } from "./due.ts";
import { failing } from "../claiming.ts";
import { alertFromRow, refFromRow, renewalFromRow } from "../tables/codec.ts";
import { fromNullableColumn, readJson, readNullableJson } from "../tables/columns.ts";
import { TextList } from "../tables/json.ts";
import { MessageBodyJson } from "../tables/message-json.ts";
import { owedFromRow } from "./owed-rows.ts";
import { BOUND, DECODED, inBatches, readInBatches } from "../tables/batches.ts";
import { putOut } from "./put-out.ts";
import type { AlertsTable, MessagesTable, OwedTable } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { asideUntil } from "../tables/unreadable.ts";

/**
 * Reads the owed rows and alerts of a claimed message. It reads the owed rows first: a later change then has an owed
 * row that is not part of this delivery. When nothing readable is left to send, it sets the message aside and returns
 * undefined.
 */
export async function readDelivery(base: StoreBase, row: MessagesTable, now: Date): Promise<Delivery | undefined> {
  const { unreadable } = base;
  const { rows, broken } = await readOwed(base, row.id, now);
  const head = unreadable.read("messages", row.id, () => headFromRow(row));
  if (head === undefined) return setAside(base, row, unreadable.messageOf("messages", row.id), now);
  const { renewal, isBroken } = await readRenewal(base, row);
  if (isBroken) return setAside(base, row, unreadable.messageOf("renewals", row.subject ?? ""), now);
  const { alerts, bad } = await readAlerts(base, row, rows);
  // Owed rows of an unreadable alert wait until it is readable.
  const owed = rows.filter(({ alert }) => alert === null || !bad.has(alert));
  for (const id of bad) if (row.kind === "group") await putOut(base, row, id, now);
  // Readable rows are sent first. A message with only unreadable rows is set aside. Otherwise it would be claimed again
  // at once, in an endless loop.
  if (owed.length === 0) {
    const [first] = bad;
    if (first !== undefined) return setAside(base, row, unreadable.messageOf("alerts", first), now);
    if (broken !== undefined) return setAside(base, row, unreadable.messageOf("owed", broken), now);
  }
  return { message: head.message, body: head.body, alerts, renewal, owed };
}

interface Due {
  /** Sorted by (priority, at, id). */
  readonly rows: readonly Owed[];
  /** The ID of an unreadable row. */
  readonly broken: string | undefined;
}

/** Owed rows of a message that are due. */
async function readOwed({ db, unreadable }: StoreBase, message: string, now: Date): Promise<Due> {
  const found: Owed[] = [];
  let broken: string | undefined;
  const pieces = readInBatches<OwedTable>(BOUND, async (last, size) => {
    const next = db
      .selectFrom("owed")
      .selectAll()
      .where("message_id", "=", message)
      .where(isDue(now))
      .orderBy("id")
      .limit(size);
    return (last === undefined ? next : next.where("id", ">", last.id)).execute();
  });
  for await (const piece of pieces)
    for (const row of piece) {
      const read = unreadable.read("owed", row.id, () => owedFromRow(row));
      if (read === undefined) broken = row.id;
      else found.push(read);
    }
  const byOrder = (a: Owed, b: Owed): number =>
    a.priority - b.priority || a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
  return { rows: found.toSorted(byOrder), broken };
}

function headFromRow(row: MessagesTable): { readonly message: Message; readonly body: Delivery["body"] } {
  const { id, kind, subject, failures } = row;
  return {
    message: {
      id,
      kind,
      subject,
      routes: readJson(TextList, row.routes, `routes of message ${id}`),
      ref: refFromRow(row),
      createdAt: new Date(row.created_at),
      spokeAt: fromNullableColumn(row.spoke_at),
      failures,
    },
    body: readNullableJson(MessageBodyJson, row.body, `message ${id}`),
  };
}

/** The renewal of a `renewal` message. It is null when it was pruned. */
async function readRenewal(
  { db, unreadable }: StoreBase,
  { kind, subject }: MessagesTable,
): Promise<{ readonly renewal: Delivery["renewal"]; readonly isBroken: boolean }> {
  if (kind !== "renewal" || subject === null) return { renewal: null, isBroken: false };
  const row = await db.selectFrom("renewals").selectAll().where("id", "=", subject).executeTakeFirst();
  const renewal = row && unreadable.read("renewals", row.id, () => renewalFromRow(row));
  return { renewal: renewal ?? null, isBroken: row !== undefined && renewal === undefined };
}

type ShownRow = AlertsTable & { readonly home_channel: string | null; readonly home_ts: string | null };

/** Alerts of a message, its own or mentioned, and alerts of its owed rows; oldest first. */
async function readAlerts(
  base: StoreBase,
  messageRow: MessagesTable,
  owed: readonly Owed[],
): Promise<{ readonly alerts: readonly Shown[]; readonly bad: ReadonlySet<string> }> {
  const { db, unreadable } = base;
  const alerts: Shown[] = [];
  const bad = new Set<string>();
  const { id: message, kind, subject } = messageRow;
  const live = isHome(messageRow);
  const seen = new Set<string>();
  const selectShown = () =>
    db
      .selectFrom("alerts")
      .leftJoin("messages as home", "home.id", "alerts.message_id")
      .selectAll("alerts")
      .select(["home.channel as home_channel", "home.ts as home_ts"]);
  const add = (rows: readonly ShownRow[], as: Shown["as"]): void => {
    for (const row of rows) {
      seen.add(row.id);
      const alert = unreadable.read("alerts", row.id, (): Alert => alertFromRow(row));
      const home: MessageRef | null = refFromRow({ channel: row.home_channel, ts: row.home_ts });
      if (alert === undefined) bad.add(row.id);
      else alerts.push({ alert, as, home });
    }
  };
  const living = readInBatches<ShownRow>(DECODED, async (last, size) => {
    const all = selectShown().orderBy("alerts.id").limit(size);
    const own = live
      ? all.where("alerts.message_id", "=", message)
      : all.where("alerts.id", "in", (is) =>
          is.selectFrom("mentions").select("mentions.alert_id").where("mentions.message_id", "=", message),
        );
    return (last === undefined ? own : own.where("alerts.id", ">", last.id)).execute();
  });
  for await (const rows of living) add(rows, live ? "home" : "mention");
  const about = new Set([...(kind === "alert" ? [subject] : []), ...owed.map(({ alert }) => alert)]);
  const former = [...about].filter((id): id is string => id !== null && !seen.has(id));
  for await (const ids of inBatches(former, DECODED)) {
    const rows = await selectShown().where("alerts.id", "in", ids).orderBy("alerts.id").execute();
    add(rows, live ? "former" : "mention");
  }
  const byAge = (a: Shown, b: Shown): number =>
    a.alert.openedAt.getTime() - b.alert.openedAt.getTime() || (a.alert.id < b.alert.id ? -1 : 1);
  return { alerts: alerts.toSorted(byAge), bad };
}

async function setAside({ db }: StoreBase, { id, lease }: MessagesTable, why = "", now: Date): Promise<undefined> {
  const failed = db.updateTable("messages").set(failing({ error: why, retryAt: asideUntil(now) }));
  await failed.where("id", "=", id).where("lease", "is not distinct from", lease).execute();
  return undefined;
}
