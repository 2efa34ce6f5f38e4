import { describeSpan, type Duration } from "./duration.ts";

/** When a token ends. Graph: `expires_at` 0 = never, missing = not known (debug_token reference, read 2026-11). */
export type Expiry =
  | { readonly kind: "at"; readonly at: Date }
  | { readonly kind: "never" }
  | { readonly kind: "not_known" };

export const NEVER: Expiry = { kind: "never" };
export const NOT_KNOWN: Expiry = { kind: "not_known" };

/** True when the date is known and `now` has reached it. */
export const isPast = (expiry: Expiry, now: Date): boolean =>
  expiry.kind === "at" && expiry.at.getTime() <= now.getTime();

/** "in 5 days", "2 hours ago", "never", "not known". */
export const describeExpiry = (expiry: Expiry, now: Date): string => {
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
};

/**
 * The thresholds that count for this token, longest first: one that is not shorter than the token's whole life says
 * nothing (a one-hour token is always inside `30d`) and is skipped. Without `issuedAt` none is skipped; the shortest
 * never is.
 */
export const usableThresholds = (
  thresholds: readonly Duration[],
  expiry: Expiry,
  issuedAt: Date | null,
): readonly Duration[] => {
  const longestFirst = thresholds.toSorted((a, b) => b.ms - a.ms);
  if (expiry.kind !== "at" || issuedAt === null) return longestFirst;
  const lifeMs = expiry.at.getTime() - issuedAt.getTime();
  return longestFirst.filter((threshold, index) => threshold.ms < lifeMs || index === longestFirst.length - 1);
};

/** The shortest usable threshold that `now` is inside of; undefined while there is more time than any of them. */
export const reachedThreshold = (usable: readonly Duration[], expiry: Expiry, now: Date): Duration | undefined => {
  if (expiry.kind !== "at") return undefined;
  const leftMs = expiry.at.getTime() - now.getTime();
  return usable.findLast((threshold) => leftMs <= threshold.ms);
};

/** The instant at which the next usable threshold begins; undefined when none lies ahead. */
export const nextThresholdAt = (usable: readonly Duration[], expiry: Expiry, now: Date): Date | undefined => {
  if (expiry.kind !== "at") return undefined;
  const instants = usable.map((threshold) => expiry.at.getTime() - threshold.ms);
  const ahead = instants.filter((instant) => instant > now.getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
};
