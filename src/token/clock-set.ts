/**
 * False when the clock shows a time before this program existed. Nobody set that clock, so no rule may use its time.
 */
export function isSetClock(at: Date): boolean {
  return at.getTime() >= EARLIEST;
}

/**
 * The program did not exist before this date, so a clock with an earlier time was never set. Many machines start at
 * 1970.
 */
const EARLIEST = Date.parse("2026-01-01T00:00:00Z");
