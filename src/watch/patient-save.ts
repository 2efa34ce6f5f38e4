import type { Logger } from "pino";
import type { Outbox } from "./outbox.ts";

/** Between the tries, in milliseconds; together no longer than a claim's lease. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export interface Patience {
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly log: Pick<Logger, "warn">;
}

/**
 * What Slack took must not be forgotten because the store stumbled in that moment: it would be sent again. So it is saved
 * again and again while the claim's lease lasts; not once the bot is to stop.
 */
export function patiently(save: Outbox["sent"], { wait, signal, log }: Patience): Outbox["sent"] {
  return async (all) => {
    for (let tries = 0; ; tries++) {
      try {
        return await save(all);
      } catch (error) {
        const pauseMs = PAUSES_MS[tries];
        if (pauseMs === undefined || signal?.aborted === true) throw error;
        log.warn({ err: error, pauseMs }, "the store did not keep what Slack took; it is saved again");
        await wait(pauseMs, signal);
      }
    }
  };
}
