import { MINUTE_MS } from "../token/duration.ts";
import { isTooFarAhead } from "../token/set-back.ts";
import { nextRun } from "./next-run.ts";

export interface TickerOptions {
  /** A cron expression with five fields, or six with seconds first. */
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
  /** The next tick; null when there is none, or when the ticker is stopped. */
  readonly next: () => Date | null;
}

/**
 * Calls `tick` at each time of a cron expression in a time zone. Several missed ticks count as one. A clock that is set
 * back also causes a tick, because due work may now be far ahead.
 */
export function createTicker({ schedule, timezone, tick, now, wait }: TickerOptions): Ticker {
  let ticking: AbortController | undefined;
  let next: Date | null = null;

  const look = (lookedAt: Date): void => {
    const at = now();
    const isTick = (next !== null && next <= at) || isTooFarAhead(lookedAt, at, SET_BACK_MS);
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
}

/**
 * The longest wait between two looks at the clock. A timer counts process time. One long wait would miss a clock that
 * is set, and would end too late after the machine sleeps.
 */
const LOOK_MS = 10_000;

/** Time servers correct clocks by less than this. A larger step back means that somebody set the clock. */
const SET_BACK_MS = MINUTE_MS;
