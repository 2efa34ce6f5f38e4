import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { inTime } from "../token/in-time.ts";
import { ageMs } from "../token/set-back.ts";
import { redact } from "../token/secret/shape.ts";
import { nextRun } from "./next-run.ts";
import { createTicker } from "./ticker.ts";

export interface SchedulerOptions {
  /** A cron expression with five fields, or six with seconds first. */
  readonly schedule: string;
  readonly timezone: string;
  /**
   * Runs one round. An aborted signal ends it after its current work. Resolves with the reason why it was incomplete,
   * or null. A rejection counts as a reason too.
   */
  readonly round: (signal: AbortSignal) => Promise<string | null>;
  /**
   * Called after every round, including a failed one. Ticks also call it during a long round, so that its findings so
   * far are delivered.
   */
  readonly wake: () => void;
  /** Called at a tick during a round, which may then look for watches that became due. */
  readonly tickDuringRound: () => void;
  readonly now: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
}

export interface Scheduler {
  /** Starts the ticks. The first tick comes at once and makes up for missed ones. */
  start(): void;
  /**
   * Runs a round now, because a watch became free. During a round, runs another one after it.
   * @returns false, without a round, before the first tick, whose round will check that watch
   */
  hurry(): boolean;
  /**
   * Stops the ticks and waits for the running round.
   * @returns false when `deadlineMs` passed first
   */
  stop(deadlineMs: number): Promise<boolean>;
  /**
   * The first tick after the last complete round. It lies in the past when ticks stopped or rounds fail. Null during a
   * round, unless the round before it failed.
   */
  nextTick(): Date | null;
  progress(): Progress;
}

/** The problem of a schedule or time zone, as one sentence. Undefined when it is valid and has ticks. */
export function scheduleProblem(schedule: string, timezone: string): string | undefined {
  try {
    return nextRun(schedule, timezone, new Date()) === null ? "The schedule matches no date." : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "node-cron rejects the schedule.";
  }
}

/**
 * Runs rounds by the ticks of a schedule. A tick during a round starts no second one; it calls `tickDuringRound`. `stop`
 * waits for the running round.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { log, now } = options;
  const abort = new AbortController();
  let inFlight: Promise<void> | undefined;
  let runningSince: Date | null = null;
  let roundEndedAt: Date | null = null;
  let problem: string | null = null;
  let due: Date | null = null;
  let started = false;
  let again = false;

  /** The reason why the round failed or was incomplete; null when it was complete. */
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
    log.debug("the last round still runs; skipped this tick");
    options.tickDuringRound();
    if (ageMs(runningSince, now()) >= LONG_ROUND_MS) options.wake();
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
      return inTime(inFlight, deadlineMs);
    },
    nextTick: () => (runningSince === null || problem !== null ? due : null),
    progress: () => ({ roundEndedAt, runningSince, problem }),
  };
}

/** The findings of a shorter round wait for its end, so that alerts with one cause are sent together. */
const LONG_ROUND_MS = 5 * MINUTE_MS;

interface Progress {
  /** When the last complete round ended. */
  readonly roundEndedAt: Date | null;
  /** When the running tick began. */
  readonly runningSince: Date | null;
  /** Why the last round was incomplete; null when it was complete. */
  readonly problem: string | null;
}
