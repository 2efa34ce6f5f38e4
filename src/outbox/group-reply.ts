import { MINUTE_MS } from "../token/duration.ts";
import { ageMs } from "../token/set-back.ts";
import type { Alert, Word } from "../alert/alert.ts";
import type { Delivery, Owed, Shown } from "./message.ts";
import { isNamedToo, mayRemind } from "../alert/reminders.ts";
import { byAge, isEnd } from "./superseded.ts";

export interface Said {
  readonly alert: Alert;
  readonly word: Word;
}

/** The content of one reply in a thread. */
export interface ThreadWords {
  readonly words: readonly Said[];
  /** Alerts that are new in this message. */
  readonly joined: readonly Alert[];
  /** Alerts that moved to another message. */
  readonly left: readonly Alert[];
  /** True: the reply notifies people and is also shown in the channel. */
  readonly notice: boolean;
}

/**
 * The reply in the thread of a group; undefined when there is none. Reminders are left out when people were notified
 * less than half a repeat interval ago.
 * @param delivery a posted message, without superseded owed rows
 */
export function groupReply(delivery: Delivery, now: Date, repeatCriticalMs: number): ThreadWords | undefined {
  const { message, alerts, owed } = delivery;
  const silence = ageMs(message.spokeAt, now);
  const known = new Map(alerts.map((shown) => [shown.alert.id, shown]));
  const parts = [...Map.groupBy(owed, ({ alert }) => alert)].map(([id, rows]) =>
    partOf(id === null ? undefined : known.get(id), rows.toSorted(byAge)),
  );
  const joined = parts.flatMap((part) => part.joined);
  const left = parts.flatMap((part) => part.left);
  const owedWords = parts
    .flatMap((part) => part.words)
    .filter(({ word }) => word.reason !== "reminder" || mayRemind(message, now, repeatCriticalMs))
    .toSorted((a, b) => a.word.at.getTime() - b.word.at.getTime());
  const words = remindedOf(owedWords, delivery, new Set(joined.map(({ id }) => id)), now);
  if (words.length + joined.length + left.length === 0) return undefined;
  const news = joined.some(({ severity }) => severity === "critical") && silence >= NEWS_EVERY_MS;
  // Alerts that reopened together become due one after the other. Only the first reply is also shown in the channel.
  const noticed = words.some(({ word }) => word.notice && (word.reason !== "lasts" || silence >= NEWS_EVERY_MS));
  return { words, joined, left, notice: news || noticed };
}

/**
 * A reply about new critical alerts is shown in the channel at most this often. In between, a plain reply mentions
 * their owners.
 */
const NEWS_EVERY_MS = 15 * MINUTE_MS;

interface Part {
  readonly words: readonly Said[];
  readonly joined: readonly Alert[];
  readonly left: readonly Alert[];
}

const NOTHING: Part = { words: [], joined: [], left: [] };

/** The part of one alert, from its rows, oldest first. */
function partOf(shown: Shown | undefined, rows: readonly Owed[]): Part {
  if (shown === undefined) return NOTHING;
  const { alert } = shown;
  const words = rows.flatMap(({ word }) => (word === null ? [] : [{ alert, word }]));
  const moves = rows.filter(({ what }) => what === "joined" || what === "left").toSorted(byMove);
  if (shown.as === "former") {
    // When `joined` comes first, its arrival was never announced here. Then its departure needs no reply.
    return moves[0]?.what === "left" ? { ...NOTHING, left: [alert] } : NOTHING;
  }
  if (!moves.some(({ what }) => what === "joined")) return { ...NOTHING, words };
  if (alert.resolvedAt === null) return { ...NOTHING, joined: [alert] };
  // It ended before it was announced here, so only the end is announced.
  return { ...NOTHING, words: words.filter(({ word }) => isEnd({ what: word.reason })) };
}

/** When one change makes an alert leave and join, leaving comes first. */
function byMove(a: Owed, b: Owed): number {
  return a.revision - b.revision || Number(a.what === "joined") - Number(b.what === "joined");
}

/**
 * A reminder of one alert names all unanswered alerts of the group. Otherwise their own reminders would follow soon
 * after.
 */
function remindedOf(
  words: readonly Said[],
  { alerts }: Delivery,
  isNew: ReadonlySet<string>,
  now: Date,
): readonly Said[] {
  const reminders = words.filter(({ word }) => word.reason === "reminder");
  const [first] = reminders;
  if (first === undefined) return words;
  const named = new Set(reminders.map(({ alert }) => alert.id));
  const others = alerts.filter(
    ({ as, alert }) => as === "home" && !isNew.has(alert.id) && !named.has(alert.id) && isNamedToo(alert, now),
  );
  return [...words, ...others.map(({ alert }) => ({ alert, word: { ...first.word, verdict: alert.verdict } }))];
}
