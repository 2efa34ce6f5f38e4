import { type Expiry, NEVER, NOT_KNOWN } from "../token/expiry.ts";

/** 9999-12-31: what lies beyond is a mistake (milliseconds, a counter), not a date. */
const LAST_SECOND = 253_402_300_799;

/** Epoch seconds as an instant; null for 0, for nothing and for anything that is no date. */
export const readInstant = (seconds: unknown): Date | null =>
  typeof seconds === "number" && Number.isInteger(seconds) && seconds > 0 && seconds <= LAST_SECOND
    ? new Date(seconds * 1_000)
    : null;

/** Graph's `expires_at`: 0 is never, missing or senseless is not known (debug_token reference, read 2026-11). */
export const readExpiry = (seconds: unknown): Expiry => {
  if (seconds === 0) return NEVER;
  const at = readInstant(seconds);
  return at === null ? NOT_KNOWN : { kind: "at", at };
};
