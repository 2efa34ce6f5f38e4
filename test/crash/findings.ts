import type { Taken } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import type { Ailment } from "./town.ts";

/** Something said to Slack again. */
export interface Repeat {
  /** The start of the bot that said it first, and at whose end it is. */
  readonly bot: number;
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  /** The bot could not know that Slack has the first one. */
  readonly excused: boolean;
}

export interface Findings {
  readonly lost: readonly string[];
  readonly repeats: readonly Repeat[];
  /** What should not be there at all. */
  readonly strange: readonly string[];
}

export interface Evidence {
  /** All that Slack took, in order. */
  readonly taken: readonly Taken[];
  /** What each start of the bot left when it ended. */
  readonly left: ReadonlyMap<number, Stored>;
  /** The store when nothing was owed any more. */
  readonly last: Stored;
  /** Oldest first. */
  readonly ailments: readonly Ailment[];
  /** True for a message that a bot could not note as taken although it lived on. */
  readonly forgiven: (message: Taken) => boolean;
}

export const merged = (parts: readonly Findings[]): Findings => ({
  lost: parts.flatMap(({ lost }) => lost),
  repeats: parts.flatMap(({ repeats }) => repeats),
  strange: parts.flatMap(({ strange }) => strange),
});

/** The most repeats that one end of a bot cost in one channel. */
export const mostInOneChannel = (repeats: readonly Repeat[]): number =>
  Math.max(
    0,
    ...Map.groupBy(repeats, ({ bot, channel }) => `${bot} ${channel}`)
      .values()
      .map(({ length }) => length),
  );

/**
 * The first of two messages that say the same.
 * @param unsaved its bot did not leave behind that Slack has it; that is an excuse for its last message only
 */
export const repeatOf = ({ taken, forgiven }: Evidence, message: Taken, unsaved: boolean): Repeat => {
  const { bot, channel, ts, text } = message;
  const last = taken.findLast((other) => other.bot === bot && other.channel === channel);
  return { bot, channel, ts, text, excused: forgiven(message) || (unsaved && last === message) };
};
