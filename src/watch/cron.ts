import { createTask, parse } from "node-cron";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../token/duration.ts";

/** A parsed cron expression. Times are wall time in milliseconds, written as if it were UTC. */
export interface Cron {
  /** `day`: calendar days since 1970. */
  readonly matchesDay: (day: number) => boolean;
  readonly matchesMinute: (wallMs: number) => boolean;
  /** The matching seconds of a minute, in order. */
  readonly seconds: readonly number[];
  /** True: the expression also matches the hour before or after. When clocks repeat the hour, it runs both times. */
  readonly isHourly: (wallMs: number) => boolean;
}

/**
 * Parses an expression of five fields, or six with seconds first. Throws the error of node-cron for anything else.
 * node-cron only parses; ticker.ts watches the clock. The timers of node-cron stopped for up to a day after a clock was
 * set back. They also dropped runs that were more than a second late (node-cron 4; tried 2026-11).
 */
export function readCron(expression: string): Cron {
  const known = read.get(expression);
  if (known !== undefined) return known;
  const cron = parseCron(expression);
  read.set(expression, cron);
  return cron;
}

/** A bot has a handful of expressions, all from its configuration, and asks for them at every tick. */
const read = new Map<string, Cron>();

/** Days that were asked for and are kept: more than a year. */
const DAYS_KEPT = 500;

function parseCron(expression: string): Cron {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const [minutes, hours] = [new Set(minute), new Set(hour)];
  const hourOf = (wallMs: number): number => Math.floor(wallMs / HOUR_MS) % 24;
  // Day fields can contain L, 15W or 1#2, and only node-cron can match these.
  const task = createTask(`* * * ${dayOfMonth.join()} ${month.join()} ${dayOfWeek.join()}`, () => undefined, {
    timezone: "UTC",
  });
  // node-cron keeps each task in a list until it is destroyed. This task never runs.
  void task.destroy();
  const days = new Map<number, boolean>();
  return {
    matchesDay: (day) => {
      const known = days.get(day);
      if (known !== undefined) return known;
      if (days.size === DAYS_KEPT) days.clear();
      const matched = task.match(new Date(day * DAY_MS));
      days.set(day, matched);
      return matched;
    },
    matchesMinute: (wallMs) => hours.has(hourOf(wallMs)) && minutes.has(Math.floor(wallMs / MINUTE_MS) % 60),
    seconds: second.toSorted((a, b) => a - b),
    isHourly: (wallMs) => hours.has((hourOf(wallMs) + 23) % 24) || hours.has((hourOf(wallMs) + 1) % 24),
  };
}
