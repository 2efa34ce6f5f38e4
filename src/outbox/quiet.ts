import { DAY_MS, MINUTE_MS } from "../token/duration.ts";
import { offsetMs, wallMs, type Weekday, WEEKDAYS } from "../token/zone.ts";

/** Times at which only critical changes are sent. */
export interface QuietRules {
  readonly hours: QuietHours | undefined;
  /** Quiet from midnight to midnight. */
  readonly days: readonly Weekday[];
  readonly timezone: string;
}

/** Minutes after midnight. `toMinute` is smaller when the hours cross midnight; the two are never equal. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/**
 * The end of the quiet time at `at`; null when `at` is not quiet. Quiet times follow the wall clock: an hour that
 * clocks repeat is quiet twice, and an hour that they skip takes no time.
 */
export function quietUntil(rules: QuietRules | undefined, at: Date): Date | null {
  if (rules === undefined) return null;
  const { timezone } = rules;
  const start = at.getTime();
  let instant = start;
  while (instant - start <= LONGEST_MS) {
    const wall = wallMs(instant, timezone);
    if (!isQuietWall(rules, wall)) return instant === start ? null : new Date(instant);
    const end = instant + nextEndWall(rules, wall) - wall;
    // After a change of the clock, the distance to the end is different.
    instant = offsetMs(end, timezone) === wall - instant ? end : clockChange(instant, end, timezone);
  }
  return null;
}

/**
 * The longest quiet time. A longer one is a mistake in the configuration and does not count, because silence would be
 * worse.
 */
const LONGEST_MS = 15 * DAY_MS;

/** `wall`: the time on the clock as if it were UTC, in milliseconds. */
function isQuietWall({ hours, days }: QuietRules, wall: number): boolean {
  const shown = new Date(wall);
  if (days.some((day) => day === WEEKDAYS[shown.getUTCDay()])) return true;
  if (hours === undefined) return false;
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes();
  const { fromMinute, toMinute } = hours;
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

/** The next wall time at which quiet could end: midnight, or the end of the quiet hours. */
function nextEndWall({ hours }: QuietRules, wall: number): number {
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const end = hours === undefined ? midnight : midnight + hours.toMinute * MINUTE_MS;
  return end > wall ? end : midnight + DAY_MS;
}

/** The first instant after `from` at which clocks are set forward or back. There is one at `to` or earlier. */
function clockChange(from: number, to: number, timezone: string): number {
  const before = offsetMs(from, timezone);
  let [early, late] = [from, to];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(middle, timezone) === before) early = middle;
    else late = middle;
  }
  return late;
}
