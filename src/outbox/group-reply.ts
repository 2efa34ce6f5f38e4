import { MINUTE_MS } from "../token/duration.ts";
import { ageMs } from "../token/set-back.ts";
import type { Alert, Reply } from "../alert/alert.ts";
import type { Delivery, Owed, Shown } from "./message.ts";
import type { RenewalEntry } from "../renewal/audit.ts";
import { isNamedToo, mayRemind } from "../alert/reminders.ts";
import { byAge, isEnd } from "./superseded.ts";

export interface AlertReply {
  readonly alert: Alert;
  readonly reply: Reply;
}

/** The content of one reply in a thread. */
export interface ThreadReplies {
  readonly replies: readonly AlertReply[];
  /** Alerts that are new in this message. */
  readonly joined: readonly Alert[];
  /** Alerts that moved to another message. */
  readonly left: readonly Alert[];
  /** Steps of the renewal; empty for other kinds of message. */
  readonly entries: readonly RenewalEntry[];
  /** True: the reply notifies people and is also shown in the channel. */
  readonly notice: boolean;
}

/**
 * The reply in the thread of a group; undefined when there is none. Reminders are left out when people were notified
 * less than half a repeat interval ago.
 * @param delivery a posted message, without superseded owed rows
 */
export function groupReply(delivery: Delivery, now: Date, repeatCriticalMs: number): ThreadReplies | undefined {
  const { message, alerts, owed } = delivery;
  const silence = ageMs(message.spokeAt, now);
  const known = new Map(alerts.map((shown) => [shown.alert.id, shown]));
  const parts = [...Map.groupBy(owed, ({ alert }) => alert)].map(([id, rows]) =>
    partOf(id === null ? undefined : known.get(id), rows.toSorted(byAge)),
  );
  const joined = parts.flatMap((part) => part.joined);
  const left = parts.flatMap((part) => part.left);
  const owedReplies = parts
    .flatMap((part) => part.replies)
    .filter(({ reply }) => reply.reason !== "reminder" || mayRemind(message, now, repeatCriticalMs))
    .toSorted((a, b) => a.reply.at.getTime() - b.reply.at.getTime());
  const replies = remindedOf(owedReplies, delivery, new Set(joined.map(({ id }) => id)), now);
  if (replies.length + joined.length + left.length === 0) return undefined;
  const news = joined.some(({ severity }) => severity === "critical") && silence >= NEWS_EVERY_MS;
  // Alerts that reopened together become due one after the other. Only the first reply is also shown in the channel.
  const noticed = replies.some(({ reply }) => reply.notice && (reply.reason !== "lasts" || silence >= NEWS_EVERY_MS));
  return { replies, joined, left, entries: [], notice: news || noticed };
}

/**
 * A reply about new critical alerts is shown in the channel at most this often. In between, a plain reply mentions
 * their owners.
 */
const NEWS_EVERY_MS = 15 * MINUTE_MS;

interface Part {
  readonly replies: readonly AlertReply[];
  readonly joined: readonly Alert[];
  readonly left: readonly Alert[];
}

const NOTHING: Part = { replies: [], joined: [], left: [] };

/** The part of one alert, from its rows, oldest first. */
function partOf(shown: Shown | undefined, rows: readonly Owed[]): Part {
  if (shown === undefined) return NOTHING;
  const { alert } = shown;
  const replies = rows.flatMap(({ reply }) => (reply === null ? [] : [{ alert, reply }]));
  const moves = rows.filter(({ what }) => what === "joined" || what === "left").toSorted(byMove);
  if (shown.as === "former") {
    // When `joined` comes first, its arrival was never announced here. Then its departure needs no reply.
    return moves[0]?.what === "left" ? { ...NOTHING, left: [alert] } : NOTHING;
  }
  if (!moves.some(({ what }) => what === "joined")) return { ...NOTHING, replies };
  if (alert.resolvedAt === null) return { ...NOTHING, joined: [alert] };
  // It ended before it was announced here, so only the end is announced.
  return { ...NOTHING, replies: replies.filter(({ reply }) => isEnd({ what: reply.reason })) };
}

/** When one change makes an alert leave and join, leaving comes first. */
function byMove(a: Owed, b: Owed): number {
  return a.revision - b.revision || Number(a.what === "joined") - Number(b.what === "joined");
}

/**
 * A reminder of one alert names all alerts of the group without a response. Otherwise their own reminders would follow soon
 * after.
 */
function remindedOf(
  replies: readonly AlertReply[],
  { alerts }: Delivery,
  isNew: ReadonlySet<string>,
  now: Date,
): readonly AlertReply[] {
  const reminders = replies.filter(({ reply }) => reply.reason === "reminder");
  const [first] = reminders;
  if (first === undefined) return replies;
  const named = new Set(reminders.map(({ alert }) => alert.id));
  const others = alerts.filter(
    ({ as, alert }) => as === "home" && !isNew.has(alert.id) && !named.has(alert.id) && isNamedToo(alert, now),
  );
  return [...replies, ...others.map(({ alert }) => ({ alert, reply: { ...first.reply, verdict: alert.verdict } }))];
}
