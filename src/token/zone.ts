/** In the order of `Date.getDay()`, Sunday first. */
export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What clocks in the time zone show at an instant in milliseconds. Throws a RangeError for an unknown time zone. */
export function zonedAt(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
}

/** How far clocks in the time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(at: number, timezone: string): number {
  return zonedAt(at, timezone).offsetNanoseconds / 1_000_000;
}
