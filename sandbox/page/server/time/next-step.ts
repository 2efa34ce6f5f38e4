import { nextRun } from "../../../../src/watch/next-run.ts";

/** The ticks of the bot's scheduler. */
export interface Ticks {
  readonly schedule: string;
  readonly timezone: string;
}

/** The next time to which the clock may move. */
export interface ClockStep {
  readonly at: Date;
  /** The bot runs its checks at this time. */
  readonly tick: boolean;
}

/** A time without news. The bot's checks in it change nothing. */
export interface QuietSpan {
  /** The first possible news. */
  readonly until: Date;
  /** The bot reports a longer time after a missed tick as an absence. In milliseconds. */
  readonly longestGapMs: number;
}

/**
 * The clock stops at every tick. In a quiet span it stops only at the tick of the news, at the last tick of the way, and
 * so often that the bot reports no absence.
 */
export function nextStep(ticks: Ticks, now: Date, target: Date, quiet?: QuietSpan): ClockStep {
  const { schedule, timezone } = ticks;
  const first = nextRun(schedule, timezone, now);
  if (first === null || first > target) return { at: target, tick: false };
  if (quiet === undefined) return { at: first, tick: true };
  const { until, longestGapMs } = quiet;
  let at = first;
  while (at < until) {
    const next = nextRun(schedule, timezone, at);
    if (next === null || next > target || next.getTime() - first.getTime() > longestGapMs) break;
    at = next;
  }
  return { at, tick: true };
}
