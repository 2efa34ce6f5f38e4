import { HOUR_MS, MINUTE_MS } from "../token/duration.ts";
import type { DeliveryFailure } from "./notifier.ts";

/** A channel that refuses needs a person. */
const FIRST_MS = MINUTE_MS;
const LONGEST_MS = HOUR_MS;

/** A longer wait than Slack ever asks for would be a mistake, and silence the worse one. */
export const LONGEST_RETRY_AFTER_MS = HOUR_MS;

/**
 * How long to wait before the next try, in milliseconds: what Slack asked for, else doubled with every refusal.
 * @param failures refusals before this one
 */
export const retryDelayMs = (failure: DeliveryFailure, failures: number): number => {
  switch (failure.kind) {
    case "rate_limited":
      return Math.min(LONGEST_RETRY_AFTER_MS, failure.retryAfterMs);
    case "away":
      // It comes back by itself: the channel rests (rests.ts), and the message goes as soon as it may.
      return 0;
    case "refused":
    case "message_gone":
      return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  }
};

/** The failure in one word or sentence, as status and metrics show it. */
export const describeDeliveryFailure = (failure: DeliveryFailure): string =>
  failure.kind === "rate_limited" ? "Slack asks to wait (rate limited)" : failure.error;
