import { MINUTE_MS } from "./duration.ts";

// When a clock is set back, times that it wrote before are in the future. Nothing may wait until the clock reaches such a
// time again. Each function treats it in one way. A clock that was never set is another matter: clock-set.ts.

/** The time itself, or now for a future time. For a period that may start again, such as the wait for an answer. */
export function notAfter<T extends Instant>(at: T, now: T): T {
  return Number(at) > Number(now) ? now : at;
}

/**
 * Milliseconds since a time. Infinite for null and for a future time, because nobody knows how long ago that was. For
 * work that is done again when in doubt.
 */
export function ageMs(at: Instant | null, now: Instant): number {
  return at === null || Number(at) > Number(now) ? Infinity : Number(now) - Number(at);
}

/** True while a wait lasts. False when more than `longestMs` is left, because no wait is that long. */
export function isWaiting(until: Instant, now: Instant, longestMs: number): boolean {
  return Number(until) > Number(now) && !isTooFarAhead(until, now, longestMs);
}

/** True for a time that is further ahead than any correct clock writes. */
export function isTooFarAhead(at: Instant, now: Instant, longestMs: number): boolean {
  return Number(at) - Number(now) > longestMs;
}

/** The latest time that a correct clock of any replica can have written by now. */
export function latestWritten(now: Date): Date {
  return new Date(now.getTime() + CLOCKS_DIFFER_MS);
}

/** The clocks of replicas differ by far less. */
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;

/** A time as a date or in milliseconds since the epoch. */
type Instant = Date | number;
