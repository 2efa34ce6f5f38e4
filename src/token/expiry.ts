import { describeSpan, type Duration } from "./duration.ts";

/** When a token expires. Graph: `expires_at` 0 = never, missing = not known (debug_token reference, read 2026-11). */
export type Expiry =
  | { readonly kind: "at"; readonly at: Date }
  | { readonly kind: "never" }
  | { readonly kind: "not_known" };

export const NEVER: Expiry = { kind: "never" };
export const NOT_KNOWN: Expiry = { kind: "not_known" };

/** True when the date is known and is not after `now`. */
export function isPast(expiry: Expiry, now: Date): boolean {
  return expiry.kind === "at" && expiry.at.getTime() <= now.getTime();
}

/** Describes an expiry in words: "in 5 days", "2 hours ago", "never", "not known". */
export function describeExpiry(expiry: Expiry, now: Date): string {
  switch (expiry.kind) {
    case "never":
      return "never";
    case "not_known":
      return "not known";
    case "at": {
      const leftMs = expiry.at.getTime() - now.getTime();
      return leftMs > 0 ? `in ${describeSpan(leftMs)}` : `${describeSpan(leftMs)} ago`;
    }
  }
}

/**
 * The thresholds that apply to this token, longest first. A threshold that is not shorter than the token's whole life
 * is skipped, because it would always be reached: a one-hour token is always inside `30d`. The shortest threshold is
 * never skipped. Without `issuedAt`, or without an expiry date, no threshold is skipped.
 */
export function usableThresholds(
  thresholds: readonly Duration[],
  expiry: Expiry,
  issuedAt: Date | null,
): readonly Duration[] {
  const longestFirst = thresholds.toSorted((a, b) => b.ms - a.ms);
  if (expiry.kind !== "at" || issuedAt === null) return longestFirst;
  const lifeMs = expiry.at.getTime() - issuedAt.getTime();
  return longestFirst.filter((threshold, index) => threshold.ms < lifeMs || index === longestFirst.length - 1);
}

/** The shortest usable threshold that `now` has reached. Undefined when none is reached, or when there is no date. */
export function reachedThreshold(usable: readonly Duration[], expiry: Expiry, now: Date): Duration | undefined {
  if (expiry.kind !== "at") return undefined;
  const leftMs = expiry.at.getTime() - now.getTime();
  return usable.findLast((threshold) => leftMs <= threshold.ms);
}

/**
 * The time at which the next usable threshold is reached. Undefined when no threshold is left, or when there is no
 * date.
 */
export function nextThresholdAt(usable: readonly Duration[], expiry: Expiry, now: Date): Date | undefined {
  if (expiry.kind !== "at") return undefined;
  const instants = usable.map((threshold) => expiry.at.getTime() - threshold.ms);
  const ahead = instants.filter((instant) => instant > now.getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}
