import type { Logger } from "pino";
import type { Sent } from "./outbox.ts";

/** Between the tries, in milliseconds; together no longer than a claim's lease. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Saves one call that Slack took. */
type SaveSent = (sent: Sent) => Promise<void>;

export interface Patience {
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly log: Pick<Logger, "warn">;
}

/**
 * Slack has the message already, and would get it again if the store forgot it. So a failed save is retried while the
 * claim's lease lasts; not once the bot is to stop.
 * @param together the first try, in one transaction with the saves of other places
 * @param alone each retry: another place's save that can never succeed must not fail this one
 */
export function patiently(together: SaveSent, alone: SaveSent, { wait, signal, log }: Patience): SaveSent {
  return async (sent) => {
    for (let tries = 0; ; tries++) {
      try {
        return await (tries === 0 ? together(sent) : alone(sent));
      } catch (error) {
        const pauseMs = PAUSES_MS[tries];
        if (pauseMs === undefined || signal?.aborted === true) throw error;
        const message = sent.claim.message.id;
        log.warn({ err: error, message, pauseMs }, "saving that Slack accepted a message failed; retrying");
        await wait(pauseMs, signal);
      }
    }
  };
}
