import type { Logger } from "pino";
import { isSetClock } from "../token/clock-set.ts";
import { utcText } from "../token/moment.ts";
import type { WatchStore } from "../watch/ports.ts";

/** A difference that the usual way of setting clocks does not leave. */
const WORTH_TELLING_MS = 10_000;

/** The clock by which the bot lives. */
export interface Clock {
  /** The store's time, as far as it was measured; this machine's until then. */
  readonly now: () => Date;
  /** Measures again how far the store's clock is off; never rejects, an unanswered question changes nothing. */
  readonly correct: (store: Pick<WatchStore, "clockOffsetMs">) => Promise<void>;
  /** Why nothing may be checked by it: it was never set. Null when it was. */
  readonly problem: () => string | null;
}

/**
 * Several bots on one store must agree on what is due and whose lease has ended, whatever their own clocks say. Only the
 * store's clock is the same for all of them.
 */
export const createClock = (machineNow: () => Date, log: Pick<Logger, "warn">): Clock => {
  let offsetMs = 0;
  let toldMs = 0;
  const now = (): Date => new Date(machineNow().getTime() + offsetMs);
  return {
    now,
    problem: () =>
      isSetClock(now())
        ? null
        : `This machine's clock says ${utcText(now())}, so it was never set. Set it (NTP); nothing is checked before.`,
    correct: async (store) => {
      try {
        offsetMs = await store.clockOffsetMs(machineNow);
      } catch (error) {
        log.warn({ err: error }, "the store did not tell its time; the last difference is kept");
        return;
      }
      if (Math.abs(offsetMs - toldMs) < WORTH_TELLING_MS) return;
      toldMs = offsetMs;
      log.warn({ offsetMs }, "this machine's clock differs from the database's, which is used; set the clock (NTP)");
    },
  };
};
