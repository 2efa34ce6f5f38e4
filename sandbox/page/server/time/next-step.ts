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

/** The clock stops at every tick: a bot that misses ticks reports that it was away. */
export function nextStep({ schedule, timezone }: Ticks, now: Date, target: Date): ClockStep {
  const tick = nextRun(schedule, timezone, now);
  return tick !== null && tick <= target ? { at: tick, tick: true } : { at: target, tick: false };
}
