import type { Logger } from "pino";
import { withRetries } from "../token/retry.ts";
import type { Sent } from "./outbox.ts";

export interface Patience {
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly log: Pick<Logger, "warn">;
}

/**
 * Retries a failed save while the claim's lease lasts, until the bot stops. Slack already shows the message, and a lost
 * save would send it a second time.
 * @param together the first try, in one transaction with the saves of other places
 * @param alone each retry, so that a save that always fails does not fail the others
 */
export function patiently(together: SaveSent, alone: SaveSent, { wait, signal, log }: Patience): SaveSent {
  return (sent) =>
    withRetries((tries) => (tries === 0 ? together(sent) : alone(sent)), {
      pausesMs: PAUSES_MS,
      wait: (ms) => wait(ms, signal),
      mayRetry: (error, pauseMs) => {
        if (signal?.aborted === true) return false;
        const message = sent.claim.message.id;
        log.warn({ err: error, message, pauseMs }, "could not save that Slack accepted a message; retrying");
        return true;
      },
    });
}

/** Pauses between the tries. Their sum is shorter than a claim's lease. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Saves one call that Slack accepted. */
type SaveSent = (sent: Sent) => Promise<void>;
