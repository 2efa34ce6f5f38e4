import { MINUTE_MS } from "../token/duration.ts";
import { nextRun } from "./next-run.ts";

/**
 * Looks at the clock at least so often. A timer counts time that passes for the process: one that is set for the next
 * tick would fall silent when the clock is set back, and come late after a sleep.
 */
const LOOK_MS = 10_000;

/** Clocks are often put right by less; more is a clock that somebody set back. */
const SET_BACK_MS = MINUTE_MS;

export interface Ticker {
  readonly start: () => void;
  readonly stop: () => void;
  /** Until the next tick, in milliseconds; null when there is none. */
  readonly msToNext: () => number | null;
}

/**
 * Calls `tick` whenever a cron expression comes in a time zone, by the machine's clock. Ticks that were missed are one;
 * a clock that was set back is one too, because what is due by the old time may be far away by the new.
 */
export const createTicker = (schedule: string, timezone: string, tick: () => void): Ticker => {
  let timer: NodeJS.Timeout | undefined;
  let lookedAt = 0;
  let next: Date | null = null;

  const arm = (): void => {
    lookedAt = Date.now();
    const waitMs = next === null ? LOOK_MS : next.getTime() - lookedAt;
    timer = setTimeout(look, Math.min(Math.max(waitMs, 1), LOOK_MS));
  };
  const look = (): void => {
    const now = new Date();
    const isTick = (next !== null && next <= now) || now.getTime() < lookedAt - SET_BACK_MS;
    if (isTick) next = nextRun(schedule, timezone, now);
    arm();
    if (isTick) tick();
  };

  return {
    start: () => {
      if (timer !== undefined) return;
      next = nextRun(schedule, timezone, new Date());
      arm();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      next = null;
    },
    msToNext: () => (next === null ? null : next.getTime() - Date.now()),
  };
};
