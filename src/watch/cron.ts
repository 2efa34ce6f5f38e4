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
  const known = PARSED.get(expression);
  if (known !== undefined) return known;
  const cron = parsed(expression);
  // A bot has two expressions. The limit is for a program that reads many.
  if (PARSED.size >= MOST_PARSED) PARSED.clear();
  PARSED.set(expression, cron);
  return cron;
}

/** Each search for a tick needs the parsed expression, and parsing takes most of the time of a search. */
const PARSED = new Map<string, Cron>();
const MOST_PARSED = 20;

function parsed(expression: string): Cron {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const [minutes, hours] = [new Set(minute), new Set(hour)];
  const hourOf = (wallMs: number): number => Math.floor(wallMs / HOUR_MS) % 24;
  return {
    matchesDay: plainDays(dayOfMonth, month, dayOfWeek) ?? specialDays(dayOfMonth, month, dayOfWeek),
    matchesMinute: (wallMs) => hours.has(hourOf(wallMs)) && minutes.has(Math.floor(wallMs / MINUTE_MS) % 60),
    seconds: second.toSorted((a, b) => a - b),
    isHourly: (wallMs) => hours.has((hourOf(wallMs) + 23) % 24) || hours.has((hourOf(wallMs) + 1) % 24),
  };
}

type Days = Cron["matchesDay"];
/** node-cron's fields: numbers, or text such as `L`. */
type Field = readonly (number | string)[];

/** Compares numbers. Undefined when a field holds anything else, because only node-cron can match L, 15W or 1#2. */
function plainDays(dayOfMonth: Field, month: Field, dayOfWeek: Field): Days | undefined {
  if (![dayOfMonth, month, dayOfWeek].flat().every((value) => typeof value === "number")) return undefined;
  const [days, months, weekdays] = [new Set(dayOfMonth), new Set(month), new Set(dayOfWeek)];
  return (day) => {
    const date = new Date(day * DAY_MS);
    return days.has(date.getUTCDate()) && months.has(date.getUTCMonth() + 1) && weekdays.has(date.getUTCDay());
  };
}

function specialDays(dayOfMonth: Field, month: Field, dayOfWeek: Field): Days {
  const task = createTask(`* * * ${dayOfMonth.join()} ${month.join()} ${dayOfWeek.join()}`, () => undefined, {
    timezone: "UTC",
  });
  // node-cron keeps each task in a list until it is destroyed. This task never runs.
  void task.destroy();
  return (day) => task.match(new Date(day * DAY_MS));
}
