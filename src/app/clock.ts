import type { Logger } from "pino";
import { isSetClock } from "../token/clock-set.ts";
import { utcText } from "../token/moment.ts";
import type { WatchStore } from "../watch/ports.ts";

/** The clock of the bot. */
export interface Clock {
  /** The store's time once it was measured; before that, this machine's time. */
  readonly now: () => Date;
  /** Measures the difference to the store's clock again. Never rejects: on failure, the last difference stays. */
  readonly correct: (store: Pick<WatchStore, "clockOffsetMs">) => Promise<void>;
  /** Says which clock was never set, so that nothing may be checked; null when it was set. */
  readonly problem: () => string | null;
}

/**
 * Several bots on one store must agree on due watches and expired leases, although their own clocks differ. Only the
 * store's clock is the same for all of them.
 */
export function createClock(machineNow: () => Date, log: Pick<Logger, "info" | "warn">): Clock {
  let offsetMs = 0;
  let reportedMs = 0;
  const now = (): Date => new Date(machineNow().getTime() + offsetMs);
  const agrees = (): boolean => Math.abs(offsetMs) < WORTH_TELLING_MS;

  const report = (): void => {
    if (Math.abs(offsetMs - reportedMs) < WORTH_TELLING_MS) return;
    if (agrees()) {
      reportedMs = 0;
      log.info({ offsetMs }, "this machine's clock agrees with the database's clock again");
      return;
    }
    reportedMs = offsetMs;
    const wrong = isSetClock(now()) ? "this machine's clock" : "the database server's clock";
    log.warn(
      { offsetMs },
      `this machine's clock differs from the database's clock, which the bot uses; set ${wrong} (NTP)`,
    );
  };

  return {
    now,
    problem: () => {
      if (isSetClock(now())) return null;
      // A file on this machine has the machine's own time, so its difference is always 0.
      const clock = agrees() ? "This machine's clock" : "The database server's clock";
      return `${clock} says ${utcText(now())}, so it was never set. Set the clock (NTP). The bot checks nothing until then.`;
    },
    correct: async (store) => {
      try {
        offsetMs = await store.clockOffsetMs(machineNow);
      } catch (error) {
        log.warn({ err: error }, "the store did not return its time; the last difference is kept");
        return;
      }
      report();
    },
  };
}

/** Larger than the usual difference between clocks that NTP sets. */
const WORTH_TELLING_MS = 10_000;
