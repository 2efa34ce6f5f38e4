import { DAY_MS, MINUTE_MS } from "../token/duration.ts";
import { type Weekday, WEEKDAYS, zonedAt } from "../token/zone.ts";

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
  const start = zonedAt(at.getTime(), rules.timezone);
  let shown = start;
  while (shown.epochMilliseconds - start.epochMilliseconds <= LONGEST_MS) {
    if (!isQuiet(rules, shown)) return shown === start ? null : new Date(shown.epochMilliseconds);
    const end = nextEnd(rules, shown);
    // After a change of the clock, the distance to the end is different.
    const change = shown.getTimeZoneTransition("next");
    shown = change !== null && change.epochMilliseconds < end.epochMilliseconds ? change : end;
  }
  return null;
}

/**
 * The longest quiet time. A longer one is a mistake in the configuration and does not count, because silence would be
 * worse.
 */
const LONGEST_MS = 15 * DAY_MS;

function isQuiet({ hours, days }: QuietRules, shown: Temporal.ZonedDateTime): boolean {
  if (days.some((day) => day === WEEKDAYS[shown.dayOfWeek % 7])) return true;
  if (hours === undefined) return false;
  const minute = shown.hour * 60 + shown.minute;
  const { fromMinute, toMinute } = hours;
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

/** The next time at which quiet could end if no clock changes: midnight, or the end of the quiet hours. */
function nextEnd({ hours }: QuietRules, shown: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const dayMs = shown.toPlainTime().since("00:00").total("milliseconds");
  const endMs = (hours?.toMinute ?? 0) * MINUTE_MS;
  return shown.add({ milliseconds: (endMs > dayMs ? endMs : DAY_MS) - dayMs });
}
