import { type Kysely, sql } from "kysely";
import { HOME_KINDS, MERGED_KINDS } from "../../outbox/message.ts";
import type { AlertCandidate, Candidates, ListCandidate } from "../../outbox/plan-places.ts";
import { isFree } from "../claiming.ts";
import { fromNullableColumn, readJson } from "../tables/columns.ts";
import { TextList } from "../tables/json.ts";
import { BOUND, inBatches, PLAIN, readInBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";
import { StoreError } from "../store-error.ts";

/** The input of a plan, and the locked rows that the plan may change. */
export interface Found {
  readonly candidates: Candidates;
  /** Alerts without a home, and alerts whose own message Slack does not have yet. */
  readonly movable: ReadonlySet<string>;
  /**
   * Messages that no program has claimed: lists to merge, own messages that alerts may leave, and messages whose
   * reminders wait.
   */
  readonly free: ReadonlySet<string>;
  /** Reminders that no longer belong in their list. */
  readonly strays: readonly Stray[];
}

/** Reads and locks the input of a plan. Returns undefined when there is nothing to plan. */
export async function readCandidates(
  trx: Kysely<Schema>,
  dialect: StoreBase["dialect"],
  now: Date,
): Promise<Found | undefined> {
  const homeless = await readHomeless(trx);
  const lists = await readLists(trx);
  const waiting = await readReminders(trx);
  const strays = lists.some(({ kind }) => kind === "reminders") ? await readStrays(trx) : [];
  const isMergeable = lists.length > 1 || (lists.some(({ kind }) => kind === "reminders") && waiting.length > 0);
  if (homeless.length === 0 && !isMergeable && waiting.length < 2 && strays.length === 0) return undefined;

  const sharing = homeless.length > 0 ? await readSharing(trx, homeless) : [];
  const listed =
    lists.length > 1
      ? await readListed(
          trx,
          lists.map(({ message }) => message),
        )
      : [];
  // All programs lock in this order: alerts before their messages.
  const touched = [
    ...homeless.map(({ id }) => id),
    ...sharing.filter(({ isOwn }) => isOwn).map(({ id }) => id),
    ...waiting.map(({ alert }) => alert),
    ...strays.map(({ alert }) => alert),
    ...listed,
  ];
  const locked = await lockAlerts(trx, dialect, touched);
  const { free, unposted } = await lockFree(
    trx,
    dialect,
    [
      ...lists.map(({ message }) => message),
      ...waiting.map(({ message }) => message),
      ...sharing.flatMap(({ isOwn, message_id }) => (isOwn && message_id !== null ? [message_id] : [])),
    ],
    now,
  );
  const candidates = [...homeless, ...sharing].flatMap((row): readonly AlertCandidate[] => {
    // Another program may have changed the alert or given it a home while this one waited for the locks.
    const current = locked.get(row.id) ?? row;
    const isUnmoved = current.message_id === row.message_id;
    const isOwn = isUnmoved && row.isOwn && unposted.has(row.message_id ?? "");
    const kind = isUnmoved && row.message_id === null ? "none" : isOwn ? "own" : "settled";
    const cause = current.resolved_at === null ? current.cause : null;
    if (kind === "settled" && cause === null) return [];
    return [{ id: row.id, cause, channel: current.card_channel, home: kind, group: isUnmoved ? row.group : null }];
  });
  const movable = new Set(candidates.filter(({ home }) => home !== "settled").map(({ id }) => id));
  return {
    candidates: {
      alerts: candidates,
      lists: lists.filter(({ message }) => unposted.has(message)),
      reminders: waiting.filter(({ message }) => free.has(message)),
    },
    movable,
    free,
    strays: strays.filter(({ list }) => unposted.has(list)),
  };
}

/** A reminder in an unsent list whose alert's home is not in the list's channel. */
interface Stray {
  readonly owed: string;
  readonly alert: string;
  readonly list: string;
}

type LockedAlert = Pick<AlertsTable, "id" | "cause" | "card_channel" | "message_id" | "resolved_at">;

interface Row extends Readonly<LockedAlert> {
  /** True when the alert's home is its own message and Slack does not have that message yet. */
  readonly isOwn: boolean;
  /** ID of the group that is the alert's home; null when the alert's cause or channel no longer matches that group. */
  readonly group: string | null;
}

/** Alerts without a home that have owed rows. */
async function readHomeless(trx: Kysely<Schema>): Promise<readonly Row[]> {
  const found: Row[] = [];
  const owing = readInBatches<{ readonly id: string }>(PLAIN, async (last, size) => {
    const next = trx
      .selectFrom("owed")
      .select((is) => is.ref("alert_id").$notNull().as("id"))
      .distinct()
      .where("message_id", "is", null)
      .where("alert_id", "is not", null)
      .orderBy("alert_id")
      .limit(size);
    return (last === undefined ? next : next.where("alert_id", ">", last.id)).execute();
  });
  for await (const piece of owing)
    for await (const ids of inBatches(
      piece.map(({ id }) => id),
      BOUND,
    )) {
      const rows = await trx
        .selectFrom("alerts")
        .select(["id", "cause", "card_channel", "message_id", "resolved_at"])
        .where("id", "in", ids)
        .where("message_id", "is", null)
        .execute();
      found.push(...rows.map((row) => ({ ...row, isOwn: false, group: null })));
    }
  return found;
}

/** Open alerts with a home that share cause and channel with an alert without a home. */
async function readSharing(trx: Kysely<Schema>, homeless: readonly Row[]): Promise<readonly Row[]> {
  const open = homeless.filter(({ resolved_at, cause }) => resolved_at === null && cause !== null);
  const wanted = new Map(open.map((row) => [JSON.stringify([row.cause, row.card_channel]), row]));
  const found: Row[] = [];
  for (const { cause, card_channel } of wanted.values()) {
    const rows = readInBatches<Omit<Row, "isOwn" | "group"> & HomeColumns>(PLAIN, async (last, size) => {
      const next = trx
        .selectFrom("alerts")
        .innerJoin("messages", "messages.id", "alerts.message_id")
        .select(["alerts.id", "alerts.cause", "alerts.card_channel", "alerts.message_id", "alerts.resolved_at"])
        .select(["messages.kind", "messages.subject", "messages.route", "messages.ts"])
        .where("alerts.cause", "=", cause)
        .where("alerts.card_channel", "=", card_channel)
        .where("alerts.resolved_at", "is", null)
        .orderBy("alerts.id")
        .limit(size);
      return (last === undefined ? next : next.where("alerts.id", ">", last.id)).execute();
    });
    for await (const piece of rows)
      for (const { kind, subject, route, ts, ...row } of piece) {
        const isJoinable = kind === "group" && subject === cause && route === card_channel;
        found.push({ ...row, isOwn: kind === "alert" && ts === null, group: isJoinable ? row.message_id : null });
      }
  }
  return found;
}

interface HomeColumns {
  readonly kind: string;
  readonly subject: string | null;
  readonly route: string;
  readonly ts: string | null;
}

/** Unsent lists with owed rows. */
async function readLists(trx: Kysely<Schema>): Promise<readonly ListCandidate[]> {
  const rows = await trx
    .selectFrom("messages")
    .select(["id", "kind", "routes", "body", "created_at"])
    .where("kind", "in", MERGED_KINDS)
    .where("ts", "is", null)
    .where((is) => is.exists(is.selectFrom("owed").select("owed.id").whereRef("owed.message_id", "=", "messages.id")))
    .orderBy("id")
    .execute();
  return rows.flatMap(({ id, kind, routes, body, created_at }): readonly ListCandidate[] => {
    const read = routesOf(routes, id);
    if (kind === "alert" || kind === "group" || kind === "renewal" || read === undefined) return [];
    return [{ message: id, kind, routes: read, body, createdAt: new Date(created_at) }];
  });
}

/** Returns undefined for unreadable routes. The claim of the message reports them. */
function routesOf(text: string, message: string): readonly string[] | undefined {
  try {
    return readJson(TextList, text, `routes of message ${message}`);
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** Reminders in homes that Slack already shows. */
async function readReminders(trx: Kysely<Schema>): Promise<Candidates["reminders"]> {
  const rows = await trx
    .selectFrom("owed")
    .innerJoin("messages", "messages.id", "owed.message_id")
    .select(["owed.id as owed", "owed.alert_id", "messages.id as message", "messages.channel"])
    .select(["messages.kind", "messages.spoke_at"])
    .where("owed.what", "=", sql<string>`'reminder'`)
    .where("messages.kind", "in", HOME_KINDS)
    .where("messages.ts", "is not", null)
    .execute();
  // Sorted here, because with ORDER BY SQLite scans all owed rows.
  const ordered = rows.toSorted((a, b) => (a.owed < b.owed ? -1 : 1));
  return ordered.flatMap(({ owed, alert_id: alert, message, channel, kind, spoke_at }) => {
    if (alert === null || channel === null) return [];
    return [{ owed, alert, message, channel, spokeAt: kind === "group" ? fromNullableColumn(spoke_at) : null }];
  });
}

async function readStrays(trx: Kysely<Schema>): Promise<readonly Stray[]> {
  const rows = await trx
    .selectFrom("owed")
    .innerJoin("messages as list", "list.id", "owed.message_id")
    .innerJoin("alerts", "alerts.id", "owed.alert_id")
    .leftJoin("messages as home", "home.id", "alerts.message_id")
    .select(["owed.id as owed", "alerts.id as alert", "list.id as list"])
    .where("owed.what", "=", sql<string>`'reminder'`)
    .where("list.kind", "=", "reminders")
    .where("list.ts", "is", null)
    .where((is) => is.or([is("home.ts", "is", null), is("home.channel", "<>", is.ref("list.route"))]))
    .execute();
  return rows;
}

async function readListed(trx: Kysely<Schema>, lists: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const ids of inBatches(lists, BOUND)) {
    const rows = await trx.selectFrom("mentions").select("alert_id").where("message_id", "in", ids).execute();
    for (const { alert_id } of rows) found.push(alert_id);
  }
  return found;
}

/** The current rows of these alerts, locked until the transaction ends. */
async function lockAlerts(
  trx: Kysely<Schema>,
  dialect: StoreBase["dialect"],
  alerts: readonly string[],
): Promise<ReadonlyMap<string, LockedAlert>> {
  const locked = new Map<string, LockedAlert>();
  for await (const ids of inBatches([...new Set(alerts)].toSorted(), BOUND)) {
    const rows = trx
      .selectFrom("alerts")
      .select(["id", "cause", "card_channel", "message_id", "resolved_at"])
      .where("id", "in", ids)
      .orderBy("id");
    for (const row of await dialect.lockRows(rows, "wait").execute()) locked.set(row.id, row);
  }
  return locked;
}

/**
 * Locks the messages that no program has claimed. `free` has all of them; `unposted` has those that Slack does not
 * have.
 */
async function lockFree(
  trx: Kysely<Schema>,
  dialect: StoreBase["dialect"],
  messages: readonly string[],
  now: Date,
): Promise<{ readonly free: ReadonlySet<string>; readonly unposted: ReadonlySet<string> }> {
  const free = new Set<string>();
  const unposted = new Set<string>();
  for await (const ids of inBatches([...new Set(messages)].toSorted(), BOUND)) {
    const rows = trx
      .selectFrom("messages")
      .select(["id", "ts"])
      .where("id", "in", ids)
      .where(isFree(now))
      .orderBy("id");
    for (const { id, ts } of await dialect.lockRows(rows, "skip").execute()) {
      free.add(id);
      if (ts === null) unposted.add(id);
    }
  }
  return { free, unposted };
}
