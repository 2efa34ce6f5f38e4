/** This program did not exist before, so a clock that shows an earlier time was never set: many machines start at 1970. */
const EARLIEST = Date.parse("2026-01-01T00:00:00Z");

/** False while the clock shows a time before this program existed: it was never set, so no rule may use that time. */
export const isSetClock = (at: Date): boolean => at.getTime() >= EARLIEST;
