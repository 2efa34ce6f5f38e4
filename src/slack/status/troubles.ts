import type { Spans } from "../../guide/rich-text.ts";
import type { ListKind } from "../../outbox/message.ts";
import { listed } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { fleetLines } from "./fleet-lines.ts";
import type { Overview } from "./overview.ts";
import { refusalText } from "./watch-lines.ts";

export type TroubleOptions = Pick<
  Overview,
  "undelivered" | "refused" | "held" | "quietUntil" | "fleetTroubles" | "paces"
>;

/** A line for each Meta app whose tokens are checked more slowly because of Meta's limit. */
function paceLines({ paces }: Pick<TroubleOptions, "paces">): readonly Spans[] {
  const slow = paces.flatMap((app) => (app.pace.kind === "normal" ? [] : [said.pace(app, app.pace)]));
  const more = slow.length - MOST_APPS;
  return [...slow.slice(0, MOST_APPS), ...(more > 0 ? [said.moreApps(more)] : [])];
}

/** The metrics name all. */
const MOST_APPS = 3;

/**
 * Reasons why watches are not up to date: fleets, and limits of Meta. Reasons why messages do not reach people: channels
 * that refuse them, and quiet hours that delay them.
 */
export function troubleLines(options: TroubleOptions, bounds: Bounds): readonly Spans[] {
  const { held, quietUntil } = options;
  const refused = [...fleetLines(options.fleetTroubles), ...paceLines(options), ...refusedLines(options, bounds)];
  if (quietUntil === null) return refused;
  const what = held.count === 0 ? said.nothingHeld() : said.held(held.watches, held.count, bounds.names);
  return [...refused, said.quiet(quietUntil, what)];
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
  /** The first watches with a refused alert. */
  readonly watches: readonly string[];
  /** The number of refused alerts, when it is larger than the number of these watches. */
  readonly count: number;
  readonly list: ListKind | null;
}

function refusalsOf({
  undelivered,
  refused,
}: Pick<TroubleOptions, "undelivered" | "refused">): readonly (readonly Refusal[])[] {
  const all = [
    ...undelivered.flatMap(({ channel, error, watch, kind }): readonly Refusal[] => {
      if (error === null) return [];
      const isList = kind !== "alert" && kind !== "group";
      const watches = kind === "alert" && watch !== null ? [watch] : [];
      return [{ channel, error, watches, count: 0, list: isList ? kind : null }];
    }),
    ...refused.map((alerts) => ({ ...alerts, list: null })),
  ];
  return [...Map.groupBy(all, ({ channel, error }) => `${channel} ${error}`).values()];
}

function waitingText(refusals: readonly Refusal[], room: number): Spans {
  const names = [...new Set(refusals.flatMap(({ watches }) => watches))].toSorted();
  const kinds = [...Map.groupBy(refusals, ({ list }) => list)].flatMap(([list, { length }]) =>
    list === null ? [] : [said.waitingKind(list, length)],
  );
  const all = listed(kinds);
  if (names.length === 0) return kinds.length === 0 ? said.group() : said.waiting(all);
  const alerts = said.alertsOf(names, Math.max(names.length, ...refusals.map(({ count }) => count)), room);
  return kinds.length === 0 ? alerts : said.alsoWaiting(alerts, all);
}

/** Refused messages, one line for each destination and reason. */
function refusedLines(options: TroubleOptions, { channels, names }: Bounds): readonly Spans[] {
  const refused = refusalsOf(options);
  const shown = refused.slice(0, channels).flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    return [said.refused(words.status.placeWithId(first.channel), refusalText(first.error), waitingText(alike, names))];
  });
  const more = refused.length - shown.length;
  return more === 0 ? shown : [...shown, said.more(more)];
}
