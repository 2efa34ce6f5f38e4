/** In the order of `Date.getDay()`, Sunday first. */
export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * The local time that clocks in the time zone show at an instant, written as if it were UTC. Both are in milliseconds.
 */
export function wallMs(at: number, timezone: string): number {
  const fraction = ((at % 1_000) + 1_000) % 1_000;
  const parts = formatOf(timezone).formatToParts(at - fraction);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
  const day = Date.UTC(part("year"), part("month") - 1, part("day"));
  return day + (part("hour") * 3_600 + part("minute") * 60 + part("second")) * 1_000 + fraction;
}

/** How far clocks in the time zone are ahead of UTC at an instant, in milliseconds. */
export function offsetMs(at: number, timezone: string): number {
  return wallMs(at, timezone) - at;
}

/**
 * The instant at which clocks in the time zone show this local time, in milliseconds. When they show it twice, the
 * first one counts. When they skip it, the result is later by the length of the gap: 03:30 for a skipped 02:30.
 */
export function instantOf(wall: number, timezone: string): number {
  const before = wall - offsetMs(wall - BEFORE_AND_AFTER_MS, timezone);
  const after = wall - offsetMs(wall + BEFORE_AND_AFTER_MS, timezone);
  const shown = [Math.min(before, after), Math.max(before, after)].find((at) => wallMs(at, timezone) === wall);
  return shown ?? before;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are expensive to create, so each time zone gets only one. */
function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  formats.set(timezone, made);
  return made;
}

/** Clocks change by a few hours at most. The exception is a skipped day (Pacific/Apia, December 2011). */
const BEFORE_AND_AFTER_MS = 26 * 3_600_000;
