import { DAY_MS, MINUTE_MS } from "../token/duration.ts";
import { offsetMs, wallMs, type Weekday, WEEKDAYS } from "../token/zone.ts";

/** Times at which only what is critical is told. */
export interface QuietRules {
  /** Minutes of the day, from and until; until may be the smaller one: the hours then cross midnight. */
  readonly hours: { readonly fromMinute: number; readonly toMinute: number } | undefined;
  /** Quiet from midnight to midnight. */
  readonly days: readonly Weekday[];
  readonly timezone: string;
}

/** Quiet for longer than this at a stretch is a mistake, and silence would be the worse one. */
const LONGEST_MS = 15 * DAY_MS;

/** What the clock shows, taken apart: `wall` is as if it were UTC, in milliseconds. */
const isQuietWall = ({ hours, days }: QuietRules, wall: number): boolean => {
  const shown = new Date(wall);
  if (days.some((day) => day === WEEKDAYS[shown.getUTCDay()])) return true;
  if (hours === undefined) return false;
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const { fromMinute, toMinute } = hours;
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
};

/** The next time on the clock at which quiet could end: midnight, or the end of the quiet hours. */
const nextEndWall = ({ hours }: QuietRules, wall: number): number => {
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const end = hours === undefined ? midnight : midnight + hours.toMinute * MINUTE_MS;
  return end > wall ? end : midnight + DAY_MS;
};

/** The first instant after `from` at which the clock is set, given that it is by `to`. */
const clockChange = (from: number, to: number, timezone: string): number => {
  const before = offsetMs(from, timezone);
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, timezone) === before) early = middle;
    else late = middle;
  }
  return late;
};

/**
 * The first instant that is not quiet, when `at` is; null when it is not. Quiet is what the clock in the time zone
 * shows: an hour that comes twice is quiet twice, one that is left out is not waited for.
 */
export const quietUntil = (rules: QuietRules | undefined, at: Date): Date | null => {
  if (rules === undefined) return null;
  const { timezone } = rules;
  const start = at.getTime();
  let instant = start;
  while (instant - start <= LONGEST_MS) {
    const wall = wallMs(instant, timezone);
    if (!isQuietWall(rules, wall)) return instant === start ? null : new Date(instant);
    const end = instant + nextEndWall(rules, wall) - wall;
    // Past a change of the clock the way to the end is another one.
    instant = offsetMs(end, timezone) === wall - instant ? end : clockChange(instant, end, timezone);
  }
  return null;
};
