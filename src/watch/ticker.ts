import { MINUTE_MS } from "../token/duration.ts";
import { nextRun } from "./next-run.ts";

/**
 * Looks at the clock at least so often. A wait counts time that passes for the process: one that ends at the next tick
 * would fall silent when the clock is set back, and come late after a sleep.
 */
const LOOK_MS = 10_000;

/** Clocks are often put right by less; more is a clock that somebody set back. */
const SET_BACK_MS = MINUTE_MS;

export interface TickerOptions {
  /** A cron expression of five fields, or six with seconds first. */
  readonly schedule: string;
  readonly timezone: string;
  readonly tick: () => void;
  readonly now: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Ticker {
  readonly start: () => void;
  readonly stop: () => void;
  /** The next tick; null when there is none, or it does not tick. */
  readonly next: () => Date | null;
}

/**
 * Calls `tick` whenever a cron expression comes in a time zone. Ticks that were missed are one; a clock that was set
 * back is one too, because what is due by the old time may be far away by the new.
 */
export const createTicker = ({ schedule, timezone, tick, now, wait }: TickerOptions): Ticker => {
  let ticking: AbortController | undefined;
  let next: Date | null = null;

  const look = (lookedAt: Date): void => {
    const at = now();
    const isTick = (next !== null && next <= at) || at.getTime() < lookedAt.getTime() - SET_BACK_MS;
    if (!isTick) return;
    next = nextRun(schedule, timezone, at);
    tick();
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const lookedAt = now();
      const untilNext = next === null ? LOOK_MS : next.getTime() - lookedAt.getTime();
      await wait(Math.min(Math.max(untilNext, 1), LOOK_MS), signal);
      if (!signal.aborted) look(lookedAt);
    }
  };

  return {
    start: () => {
      if (ticking !== undefined) return;
      ticking = new AbortController();
      next = nextRun(schedule, timezone, now());
      void run(ticking.signal);
    },
    stop: () => {
      ticking?.abort();
      ticking = undefined;
      next = null;
    },
    next: () => next,
  };
};
