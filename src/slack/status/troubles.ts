import type { Spans } from "../../guide/rich-text.ts";
import type { ListKind } from "../../outbox/message.ts";
import type { Undelivered } from "../../outbox/outbox.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { listed } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { isHeld } from "./alert-remarks.ts";
import { refusalText } from "./watch-lines.ts";

export interface TroubleOptions {
  /** Messages that Slack has not accepted yet, for all watches. */
  readonly undelivered: readonly Undelivered[];
  readonly now: Date;
  /** The end of the quiet hours; null outside them. */
  readonly quietUntil: Date | null;
}

/** Reasons why messages do not reach people: channels that refuse them, and quiet hours that delay them. */
export function troubleLines(
  records: readonly WatchRecord[],
  options: TroubleOptions,
  bounds: Bounds,
): readonly Spans[] {
  const { now, quietUntil } = options;
  const refused = refusedLines(records, options, bounds);
  if (quietUntil === null) return refused;
  const names = records.filter((record) => isHeld(record, now, quietUntil)).map(({ name }) => name);
  return [...refused, said.quiet(quietUntil, names.length === 0 ? said.nothingHeld() : said.held(names, bounds.names))];
}

const said = words.status.troubles;

/** Limits. Failures in more than a few channels usually have one cause. */
interface Bounds {
  readonly channels: number;
  /** Length limit for the names in one line, in characters. */
  readonly names: number;
}

/** Messages that one channel or person refused, for one reason. */
interface Refusal {
  readonly channel: string;
  readonly error: string;
  /** The watch; null for a group or a list. */
  readonly watch: string | null;
  readonly list: ListKind | null;
}

function refusalsOf(
  records: readonly WatchRecord[],
  undelivered: readonly Undelivered[],
): readonly (readonly Refusal[])[] {
  const all = [
    ...undelivered.flatMap(({ channel, error, watch, kind }): readonly Refusal[] => {
      if (error === null) return [];
      const isList = kind !== "alert" && kind !== "group";
      return [{ channel, error, watch: kind === "alert" ? watch : null, list: isList ? kind : null }];
    }),
    ...records.flatMap(({ name, undelivered: own }) =>
      own === null ? [] : [{ channel: own.channel, error: own.error, watch: name, list: null }],
    ),
  ];
  return [...Map.groupBy(all, ({ channel, error }) => `${channel} ${error}`).values()];
}

function waitingText(refusals: readonly Refusal[], room: number): Spans {
  const names = [...new Set(refusals.flatMap(({ watch }) => watch ?? []))].toSorted();
  const kinds = [...Map.groupBy(refusals, ({ list }) => list)].flatMap(([list, { length }]) =>
    list === null ? [] : [said.waitingKind(list, length)],
  );
  const all = listed(kinds);
  if (names.length === 0) return kinds.length === 0 ? said.group() : said.waiting(all);
  const alerts = said.alertsOf(names, room);
  return kinds.length === 0 ? alerts : said.alsoWaiting(alerts, all);
}

/** Refused messages, one line for each destination and reason. */
function refusedLines(
  records: readonly WatchRecord[],
  { undelivered }: TroubleOptions,
  { channels, names }: Bounds,
): readonly Spans[] {
  const refused = refusalsOf(records, undelivered);
  const shown = refused.slice(0, channels).flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    return [said.refused(words.status.placeWithId(first.channel), refusalText(first.error), waitingText(alike, names))];
  });
  const more = refused.length - shown.length;
  return more === 0 ? shown : [...shown, said.more(more)];
}
