/** This program did not exist before, so a clock that shows an earlier time was never set: many machines start at 1970. */
const EARLIEST = Date.parse("2026-01-01T00:00:00Z");

/** False for what a clock says that was never set: no times are reckoned from it, and none are told to people. */
export const isSetClock = (at: Date): boolean => at.getTime() >= EARLIEST;
