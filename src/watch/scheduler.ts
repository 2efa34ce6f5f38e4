import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { redact } from "../token/shape.ts";
import { nextRun } from "./next-run.ts";
import { createTicker } from "./ticker.ts";

/** Until then what a round finds waits for its end, so that alerts of one cause are told at once. */
const LONG_ROUND_MS = 5 * MINUTE_MS;

export interface SchedulerOptions {
  /** A cron expression, read by node-cron: five fields or six with seconds first. */
  readonly schedule: string;
  readonly timezone: string;
  /**
   * An aborted signal asks it to end after the work in hand. Resolves with why it could not do all its work; null when it did.
   * A rejection counts the same.
   */
  readonly round: (signal: AbortSignal) => Promise<string | null>;
  /**
   * Called after every round, also one that failed, and by the ticks that come while one runs for long: what has been
   * found so far is delivered beside it.
   */
  readonly wake: () => void;
  readonly now: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
}

export interface Scheduler {
  /** Begins to tick, with one tick at once: what was missed while nobody ran is caught up. */
  start(): void;
  /**
   * Does a round now, or once more after the one that runs: a watch came free that nobody has in hand.
   * @returns false, with nothing done, when it has not begun to tick: its first round takes that watch
   */
  hurry(): boolean;
  /**
   * Stops ticking and waits for the round in flight.
   * @returns false when `deadlineMs` passed first
   */
  stop(deadlineMs: number): Promise<boolean>;
  /**
   * The first tick that is due after the last one whose round did all its work: past when the ticks have stopped or
   * their rounds fail. Null while a tick runs, unless the round before it failed.
   */
  nextTick(): Date | null;
  progress(): Progress;
}

interface Progress {
  /** When the last round ended that did all its work. */
  readonly roundEndedAt: Date | null;
  /** Since when a tick is running. */
  readonly runningSince: Date | null;
  /** Why the last round could not do all its work; null when it did. */
  readonly problem: string | null;
}

/** What is wrong with a schedule or time zone, as one sentence; undefined when there are ticks by it. */
export const scheduleProblem = (schedule: string, timezone: string): string | undefined => {
  try {
    return nextRun(schedule, timezone, new Date()) === null ? "The schedule never comes." : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "node-cron does not take it.";
  }
};

/**
 * Runs rounds by the ticks of a schedule. The tick in flight is kept here, so that ticks never overlap and `stop` can
 * wait for it. A tick that comes while another runs does no round; the next one finds what is due.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { log, now } = options;
  const abort = new AbortController();
  let inFlight: Promise<void> | undefined;
  let runningSince: Date | null = null;
  let roundEndedAt: Date | null = null;
  let problem: string | null = null;
  let due: Date | null = null;
  let started = false;
  let again = false;

  /** Why the round failed, or what it says about itself. */
  const attempt = async (): Promise<string | null> => {
    try {
      return await options.round(abort.signal);
    } catch (error) {
      log.error({ err: error }, "round failed");
      return error instanceof Error ? redact(error.message) : "The round failed.";
    }
  };

  const run = async (): Promise<void> => {
    runningSince = now();
    problem = await attempt();
    if (problem === null) roundEndedAt = now();
    options.wake();
    runningSince = null;
    const nextTick = ticker.next();
    if (problem === null) due = nextTick;
    inFlight = undefined;
    log.trace({ nextTick }, "tick ended");
    if (again) hurry();
  };

  const tick = (): void => {
    if (abort.signal.aborted) return;
    if (inFlight === undefined) {
      inFlight = run();
      return;
    }
    log.debug("the last tick still runs; this one is left out");
    if (runningSince !== null && Math.abs(now().getTime() - runningSince.getTime()) >= LONG_ROUND_MS) options.wake();
  };

  const hurry = (): boolean => {
    if (!started || abort.signal.aborted) return false;
    again = inFlight !== undefined;
    inFlight ??= run();
    return true;
  };

  const { schedule, timezone, wait } = options;
  const ticker = createTicker({ schedule, timezone, tick, now, wait });

  return {
    start() {
      started = true;
      ticker.start();
      tick();
    },
    hurry,
    async stop(deadlineMs) {
      abort.abort();
      ticker.stop();
      if (inFlight === undefined) return true;
      const { promise: late, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), deadlineMs);
      const inTime = await Promise.race([inFlight.then(() => true), late]);
      clearTimeout(timer);
      return inTime;
    },
    nextTick: () => (runningSince === null || problem !== null ? due : null),
    progress: () => ({ roundEndedAt, runningSince, problem }),
  };
};
