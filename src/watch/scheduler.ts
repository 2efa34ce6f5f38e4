import { createTask } from "node-cron";
import type { Logger } from "pino";
import { DAY_MS } from "../token/duration.ts";

/** A late tick is still a tick: node-cron drops one that comes over a second late unless told otherwise. */
const TOLERANCE_MS = DAY_MS;

/** One part of a tick; an aborted signal asks it to end after the work in hand. */
type Work = (signal: AbortSignal) => Promise<unknown>;

export interface SchedulerOptions {
  /** A node-cron expression, five fields or six with seconds first. */
  readonly schedule: string;
  readonly timezone: string;
  readonly round: Work;
  /** Runs after every round, also when the round failed: what Slack did not take is tried again. */
  readonly deliver: Work;
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
  /** The first tick that is due after the last one that ended: past when the ticks have stopped; null while running. */
  nextTick(): Date | null;
  /** When the last round ended, and since when a tick is running. */
  progress(): { readonly roundEndedAt: Date | null; readonly runningSince: Date | null };
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
  let due: Date | null = null;

  const attempt = async (name: string, work: Work): Promise<boolean> => {
    try {
      await work(abort.signal);
      return true;
    } catch (error) {
      log.error({ err: error }, `${name} failed`);
      return false;
    }
  };

  const run = async (): Promise<void> => {
    runningSince = now();
    if (await attempt("round", options.round)) roundEndedAt = now();
    await attempt("delivery", options.deliver);
    runningSince = null;
    const waitMs = ticker.msToNext();
    due = waitMs === null ? null : new Date(now().getTime() + waitMs);
    inFlight = undefined;
    log.trace({ nextTick: due }, "tick ended");
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
    nextTick: () => (runningSince === null ? due : null),
    progress: () => ({ roundEndedAt, runningSince }),
  };
};
