import { MINUTE_MS } from "../../token/duration.ts";
import { inTime } from "../../token/in-time.ts";
import type { Scheduler } from "../../watch/scheduler.ts";
import type { Parts } from "../parts.ts";

/**
 * Reads the fleets now and then again from time to time, beside the rounds, until the stack closes. A slow command so
 * delays neither the start nor the other watches. Nothing is read until the clock is set, because a reading saves times.
 * Resolves after the first reading. Never rejects.
 */
export function keepReading(
  { config, fleets, clock, wait, log }: Pick<Parts, "config" | "fleets" | "clock" | "wait" | "log">,
  opened: AsyncDisposableStack,
  scheduler: Pick<Scheduler, "hurry">,
): Promise<void> {
  if (config.fleets.length === 0) return Promise.resolve();
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();

  const keep = async (): Promise<void> => {
    let isFirst = true;
    while (!stopping.signal.aborted) {
      const isSet = clock.problem() === null;
      if (isSet) {
        await fleets.refresh().catch((error: unknown) => log.error({ err: error }, "could not read the fleets"));
        // New watches are inspected at once.
        if (isFirst && !stopping.signal.aborted) scheduler.hurry();
        isFirst = false;
      }
      first.resolve();
      await wait(isSet ? config.fleetRefreshMs : CLOCK_CHECK_MS, stopping.signal);
    }
  };

  const running = keep();
  opened.defer(async () => {
    stopping.abort();
    // Ends a running command, so that no list is saved to a store that is closed.
    fleets.close();
    await inTime(running, STOP_WITHIN_MS);
  });
  return first.promise;
}

/** A round corrects the clock. */
const CLOCK_CHECK_MS = MINUTE_MS;

const STOP_WITHIN_MS = 1_000;
