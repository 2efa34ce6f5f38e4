import { createTask, parse } from "node-cron";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../token/duration.ts";

/** A cron expression, asked with what clocks show: wall time in milliseconds, written as if it were UTC. */
export interface Cron {
  /** Whole days since 1970 on the calendar. */
  readonly matchesDay: (day: number) => boolean;
  readonly matchesMinute: (wallMs: number) => boolean;
  /** The seconds of a matching minute, in order. */
  readonly seconds: readonly number[];
  /** Comes every hour around this one, so that an hour that clocks show twice counts twice. */
  readonly isHourly: (wallMs: number) => boolean;
}

/**
 * Reads an expression of five fields, or six with seconds first. Throws node-cron's words for anything else. Node-cron only
 * reads, and ticker.ts looks at the clock: its own timers fell silent for up to a day after a clock was set back, and a
 * slot that was more than a second late was dropped (node-cron 4; tried 2026-11).
 */
export const readCron = (expression: string): Cron => {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const [minutes, hours] = [new Set(minute), new Set(hour)];
  const hourOf = (wallMs: number): number => Math.floor(wallMs / HOUR_MS) % 24;
  // Days have words of their own (L, 15W, 1#2), which only node-cron reads.
  const task = createTask(`* * * ${dayOfMonth.join()} ${month.join()} ${dayOfWeek.join()}`, () => undefined, {
    timezone: "UTC",
  });
  // It is only asked; node-cron keeps a list of all tasks that are not destroyed.
  void task.destroy();
  return {
    matchesDay: (day) => task.match(new Date(day * DAY_MS)),
    matchesMinute: (wallMs) => hours.has(hourOf(wallMs)) && minutes.has(Math.floor(wallMs / MINUTE_MS) % 60),
    seconds: second.toSorted((a, b) => a - b),
    isHourly: (wallMs) => hours.has((hourOf(wallMs) + 23) % 24) || hours.has((hourOf(wallMs) + 1) % 24),
  };
};
