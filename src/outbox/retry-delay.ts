import { HOUR_MS, MINUTE_MS } from "../token/duration.ts";
import { type Backoff, backoffMs } from "../token/retry.ts";
import type { DeliveryFailure } from "./notifier.ts";

/**
 * The longest accepted Retry-After. Slack never asks for longer, and a longer silence would do more harm than a retry.
 */
export const LONGEST_RETRY_AFTER_MS = HOUR_MS;

/**
 * Milliseconds until the next try: Slack's own number, else doubled with every refusal.
 * @param failures refusals before this one
 */
export function retryDelayMs(failure: DeliveryFailure, failures: number): number {
  switch (failure.kind) {
    case "rate_limited":
      return Math.min(LONGEST_RETRY_AFTER_MS, failure.retryAfterMs);
    case "away":
      // Slack recovers by itself. The channel rests (rests.ts), and the message is sent afterwards.
      return 0;
    case "refused":
    case "message_gone":
      return backoffMs(REFUSED, failures + 1);
  }
}

export const RATE_LIMITED = "Slack asks to wait (rate limited)";

/** The failure in a few words, for status and metrics. */
export function describeDeliveryFailure(failure: DeliveryFailure): string {
  return failure.kind === "rate_limited" ? RATE_LIMITED : failure.error;
}

/** The first delay after a refusal is long, because a person must correct the channel. */
const REFUSED: Backoff = { firstMs: MINUTE_MS, longestMs: HOUR_MS };
