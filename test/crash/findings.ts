import type { Taken } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import type { Ailment } from "./town.ts";

/** A message that was sent to Slack again. */
export interface Repeat {
  /** Number of the start of the bot that sent the first message; that bot's end caused the repeat. */
  readonly bot: number;
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  /** The bot could not know that Slack had accepted the first message. */
  readonly excused: boolean;
}

export interface Findings {
  readonly lost: readonly string[];
  readonly repeats: readonly Repeat[];
  /** Messages that should not exist. */
  readonly strange: readonly string[];
}

export interface Evidence {
  /** Every message that Slack accepted, in order. */
  readonly taken: readonly Taken[];
  /** The store at the end of each start of the bot. */
  readonly left: ReadonlyMap<number, Stored>;
  /** The store after every message was delivered. */
  readonly last: Stored;
  /** Oldest first. */
  readonly ailments: readonly Ailment[];
  /** True for a message whose acceptance a surviving bot could not save. */
  readonly forgiven: (message: Taken) => boolean;
}

export const merged = (parts: readonly Findings[]): Findings => ({
  lost: parts.flatMap(({ lost }) => lost),
  repeats: parts.flatMap(({ repeats }) => repeats),
  strange: parts.flatMap(({ strange }) => strange),
});

/** The highest number of repeats in one channel after one end of a bot. */
export const mostInOneChannel = (repeats: readonly Repeat[]): number =>
  Math.max(
    0,
    ...Map.groupBy(repeats, ({ bot, channel }) => `${bot} ${channel}`)
      .values()
      .map(({ length }) => length),
  );

/**
 * Describes the first of two messages with the same content.
 * @param unsaved the bot did not save that Slack has the message; this excuses only the bot's last message
 */
export const repeatOf = ({ taken, forgiven }: Evidence, message: Taken, unsaved: boolean): Repeat => {
  const { bot, channel, ts, text } = message;
  const last = taken.findLast((other) => other.bot === bot && other.channel === channel);
  return { bot, channel, ts, text, excused: forgiven(message) || (unsaved && last === message) };
};
