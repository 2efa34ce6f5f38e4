import type { ListKind } from "../../watch/message.ts";
import type { Undelivered } from "../../watch/outbox.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { ShowTime } from "../moment.ts";
import { bold, listed, literal } from "../mrkdwn.ts";
import { isHeld } from "./alert-remarks.ts";
import { channelText, refusalText } from "./watch-lines.ts";

export interface TroubleOptions {
  /** What Slack does not have yet, of all watches. */
  readonly undelivered: readonly Undelivered[];
  readonly now: Date;
  /** The end of the quiet hours; null outside them. */
  readonly quietUntil: Date | null;
}

/** How much is told; more channels than a few are one trouble, not many. */
interface Bounds {
  readonly channels: number;
  /** What the names of one line may take in characters. */
  readonly names: number;
}

/** One, and several; the alerts of other messages are named by their watches. */
const KIND_WORDS: Readonly<Record<ListKind, readonly [string, string]>> = {
  escalation: ["an escalation", "escalations"],
  fallback: ["an alert of another channel", "alerts of other channels"],
  reminders: ["a reminder", "reminders"],
  absence: ["a message about an absence", "messages about absences"],
  digest: ["a summary", "summaries"],
};

/** What one channel or person did not take, for one reason. */
interface Refusal {
  readonly channel: string;
  readonly error: string;
  /** The watch; null for a group and for a list. */
  readonly watch: string | null;
  readonly list: ListKind | null;
}

const namesOf = (names: readonly string[], room: number): string =>
  listed(
    names.map((name) => bold(literal(name, 80))),
    room,
  );

const refusalsOf = (
  records: readonly WatchRecord[],
  undelivered: readonly Undelivered[],
): readonly (readonly Refusal[])[] => {
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
};

const waitingText = (refusals: readonly Refusal[], room: number): string => {
  const names = [...new Set(refusals.flatMap(({ watch }) => watch ?? []))].toSorted();
  const lists = [...Map.groupBy(refusals, ({ list }) => list)].flatMap(([list, { length }]) =>
    list === null ? [] : [length === 1 ? KIND_WORDS[list][0] : `${length} ${KIND_WORDS[list][1]}`],
  );
  return [
    ...(names.length === 0 ? [] : [`Its alerts: ${namesOf(names, room)}`]),
    ...(lists.length === 0 ? [] : [`${names.length === 0 ? "What waits" : "Also waiting"}: ${lists.join(", ")}`]),
    // The last words of alerts that are over: no record names them any more.
    ...(names.length + lists.length === 0 ? ["A group of alerts waits"] : []),
  ].join(". ");
};

/** What Slack did not take, a line for each destination and reason. */
const refusedLines = (
  records: readonly WatchRecord[],
  { undelivered }: TroubleOptions,
  { channels, names }: Bounds,
): readonly string[] => {
  const refused = refusalsOf(records, undelivered);
  const shown = refused.slice(0, channels).flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const where = `${bold("Not delivered")} to ${channelText(first.channel)}`;
    return [`⚠️ ${where}: ${refusalText(first.error)}. ${waitingText(alike, names)}`];
  });
  const more = refused.length - shown.length;
  return more === 0 ? shown : [...shown, `And ${more} more of this kind`];
};

/** What keeps messages from people: places that refuse them, quiet hours that hold them back. */
export const troubleLines = (
  records: readonly WatchRecord[],
  options: TroubleOptions,
  show: ShowTime,
  bounds: Bounds,
): readonly string[] => {
  const { now, quietUntil } = options;
  const refused = refusedLines(records, options, bounds);
  if (quietUntil === null) return refused;
  const held = records.filter((record) => isHeld(record, now, quietUntil)).map(({ name }) => name);
  const what = held.length === 0 ? "No alert is held back" : `Held back until then: ${namesOf(held, bounds.names)}`;
  return [...refused, `🌙 ${bold("Quiet hours")} until ${show(quietUntil)}. ${what}`];
};
