import { least } from "../token/moment.ts";
import { type Backoff, backoffMs } from "../token/retry.ts";
import { isWaiting } from "../token/set-back.ts";
import { LONGEST_RETRY_AFTER_MS } from "./retry-delay.ts";

/** Channels that get no message for a while, over all passes of one program. */
export interface Rests {
  /** The resting channels. */
  channels(now: Date): readonly string[];
  /** Slack asked to wait, or the channel's turn comes later. */
  rest(channel: string, until: Date): void;
  /** Slack did not answer: the channel rests, longer each time. Returns the end. */
  away(channel: string, now: Date): Date;
  /**
   * Slack answered in this channel, so channels that rest only because of the outage may be tried at once. True when
   * there are any.
   */
  answered(channel: string): boolean;
  /** When the first resting channel may be tried again; null when none rests. */
  nextAt(): Date | null;
}

/** @param random a number in [0, 1) */
export function createRests(random: () => number): Rests {
  const asked = new Map<string, Date>();
  const waiting = new Map<string, Date>();
  /** By channel: tries without an answer since its last answer. */
  const failures = new Map<string, number>();

  /** Removes finished rests, and rests that are longer than possible: the clock was set back since. */
  const prune = (now: Date): void => {
    for (const [channel, until] of asked) if (!isWaiting(until, now, LONGEST_RETRY_AFTER_MS)) asked.delete(channel);
    for (const [channel, until] of waiting) if (!isWaiting(until, now, AWAY.longestMs)) waiting.delete(channel);
  };

  return {
    channels: (now) => {
      prune(now);
      return [...new Set([...asked.keys(), ...waiting.keys()])];
    },
    rest: (channel, until) => void asked.set(channel, until),
    away: (channel, now) => {
      const count = (failures.get(channel) ?? 0) + 1;
      failures.set(channel, count);
      const until = new Date(now.getTime() + backoffMs(AWAY, count, random()));
      waiting.set(channel, until);
      return until;
    },
    answered: (channel) => {
      failures.delete(channel);
      waiting.delete(channel);
      const freed = waiting.size > 0;
      // The counts of the other channels stay. A channel that alone gets no answer is still tried less and less often.
      waiting.clear();
      return freed;
    },
    nextAt: () => {
      const all = [...asked.values(), ...waiting.values()].map(Number);
      return all.length === 0 ? null : new Date(least(all));
    },
  };
}

const AWAY: Backoff = { firstMs: 1_000, longestMs: 60_000 };
