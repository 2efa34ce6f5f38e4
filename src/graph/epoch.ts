import { type Expiry, NEVER, NOT_KNOWN } from "../token/expiry.ts";

/** Converts epoch seconds to a date. Returns null for 0, for a missing value and for any other invalid value. */
export function readInstant(seconds: unknown): Date | null {
  return typeof seconds === "number" && Number.isInteger(seconds) && seconds > 0 && seconds <= LAST_SECOND
    ? new Date(seconds * 1_000)
    : null;
}

/** Graph's `expires_at`: 0 means never, missing or invalid means not known (debug_token reference, read 2026-11). */
export function readExpiry(seconds: unknown): Expiry {
  if (seconds === 0) return NEVER;
  const at = readInstant(seconds);
  return at === null ? NOT_KNOWN : { kind: "at", at };
}

/** 9999-12-31. A larger number is not a date in seconds, but a mistake, such as milliseconds or a counter. */
const LAST_SECOND = 253_402_300_799;
