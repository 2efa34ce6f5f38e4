import { HOUR_MS, MINUTE_MS } from "../token/duration.ts";
import type { DeliveryFailure } from "./outbox.ts";

/** Growing pauses, in milliseconds: a channel that refuses needs a person; Slack away comes back by itself. */
const PAUSES = {
  refused: { first: MINUTE_MS, longest: HOUR_MS },
  message_gone: { first: MINUTE_MS, longest: HOUR_MS },
  away: { first: MINUTE_MS / 2, longest: 2 * MINUTE_MS },
} as const;

/** A longer wait than Slack ever asks for would be a mistake, and silence the worse one. */
export const LONGEST_ASKED_MS = HOUR_MS;

/**
 * How long to wait before the next try, in milliseconds: what Slack asked for, else doubled with every failure.
 * @param failures failed tries before this one
 */
export const pauseAfter = (failure: DeliveryFailure, failures: number): number => {
  if (failure.kind === "rate_limited") return Math.min(LONGEST_ASKED_MS, failure.retryAfterMs);
  const { first, longest } = PAUSES[failure.kind];
  return Math.min(longest, first * 2 ** failures);
};

/** The failure in one word or sentence, as status and metrics show it. */
export const describeDeliveryFailure = (failure: DeliveryFailure): string =>
  failure.kind === "rate_limited" ? "Slack asks to wait (rate limited)" : failure.error;
