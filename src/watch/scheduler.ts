import { createTask } from "node-cron";
import type { Logger } from "pino";
import { DAY_MS } from "../token/duration.ts";

/** A late tick is still a tick: node-cron drops one that comes over a second late unless told otherwise. */
const TOLERANCE_MS = DAY_MS;

export interface SchedulerOptions {
  /** A node-cron expression, five fields or six with seconds first. */
  readonly schedule: string;
  readonly timezone: string;
  /**
   * An aborted signal asks it to end after the work in hand. Resolves with why it could not do all its work; null when it did.
   * A rejection counts the same.
   */
  readonly round: (signal: AbortSignal) => Promise<string | null>;
  /** Runs after every round, also when the round failed: what Slack did not take is tried again. */
  readonly deliver: (signal: AbortSignal) => Promise<unknown>;
  readonly now: () => Date;
  readonly log: Logger;
}

export interface Scheduler {
  /** Begins to tick, with one tick at once: what was missed while nobody ran is caught up. */
  start(): void;
  /**
   * Stops ticking and waits for the work in flight.
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

const silent = (): void => undefined;

const createTicker = (schedule: string, timezone: string, tick: () => void, log?: Logger) =>
  createTask(schedule, tick, {
    timezone,
    missedExecutionTolerance: TOLERANCE_MS,
    suppressMissedWarning: true,
    // Without a logger of ours it prints to the console.
    logger: {
      info: silent,
      warn: silent,
      debug: silent,
      error: (error) => log?.error({ err: error }, "ticker failed"),
    },
  });

/** What is wrong with a schedule or time zone, as one sentence; undefined when node-cron can tick by it. */
export const scheduleProblem = (schedule: string, timezone: string): string | undefined => {
  try {
    const task = createTicker(schedule, timezone, silent);
    const next = task.getNextRuns(1);
    return next.length === 1 ? undefined : "The schedule never comes.";
  } catch (error) {
    return error instanceof Error ? error.message : "node-cron does not take it.";
  }
};

/**
 * Lets node-cron say when and does nothing else with it: the tick in flight is kept here, so that ticks never overlap
 * and `stop` can wait for it. A tick that comes while another runs is left out; the next one finds what is due.
 */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { log, now } = options;
  const abort = new AbortController();
  let inFlight: Promise<void> | undefined;
  let runningSince: Date | null = null;
  let roundEndedAt: Date | null = null;
  let problem: string | null = null;
  let due: Date | null = null;

  /** Why the work failed, or what it says about itself. */
  const attempt = async (name: string, work: SchedulerOptions["round"]): Promise<string | null> => {
    try {
      return await work(abort.signal);
    } catch (error) {
      log.error({ err: error }, `${name} failed`);
      return error instanceof Error ? error.message : `The ${name} failed.`;
    }
  };

  const run = async (): Promise<void> => {
    runningSince = now();
    problem = await attempt("round", options.round);
    if (problem === null) roundEndedAt = now();
    await attempt("delivery", async (signal) => {
      await options.deliver(signal);
      return null;
    });
    runningSince = null;
    const waitMs = ticker.msToNext();
    const nextTick = waitMs === null ? null : new Date(now().getTime() + waitMs);
    if (problem === null) due = nextTick;
    inFlight = undefined;
    log.trace({ nextTick }, "tick ended");
  };

  const tick = (): void => {
    if (inFlight !== undefined) log.debug("the last tick still runs; this one is left out");
    else if (!abort.signal.aborted) inFlight = run();
  };

  const ticker = createTicker(options.schedule, options.timezone, tick, log);

  return {
    start() {
      void ticker.start();
      tick();
    },
    async stop(deadlineMs) {
      abort.abort();
      await ticker.stop();
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
