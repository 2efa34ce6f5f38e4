import { nextRun } from "../../../../src/watch/next-run.ts";

/** When the bot's scheduler ticks. */
export interface Ticks {
  readonly schedule: string;
  readonly timezone: string;
}

/** How far the clock may go at once. */
export interface ClockStep {
  readonly at: Date;
  /** The bot does a round then. */
  readonly tick: boolean;
}

/** The first tick at or after an instant; null when there is none. */
export const tickFrom = ({ schedule, timezone }: Ticks, instant: Date): Date | null =>
  nextRun(schedule, timezone, new Date(instant.getTime() - 1));

/** No tick is passed over: a bot that missed some would say that it was away. */
export const nextStep = ({ schedule, timezone }: Ticks, now: Date, target: Date): ClockStep => {
  const tick = nextRun(schedule, timezone, now);
  return tick !== null && tick <= target ? { at: tick, tick: true } : { at: target, tick: false };
};
