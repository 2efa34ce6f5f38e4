import type { Logger } from "pino";
import { type Backoff, backoffMs } from "../../token/retry.ts";
import { SlackCredentialError } from "./credential-error.ts";
import { createOutage } from "./outage.ts";
import { askedPauseMs, troubleText } from "./trouble.ts";

export interface KeeperOptions {
  /** The name of the connection, for the log: "Slack socket". */
  readonly name: string;
  /**
   * Connects, and resolves with a promise that settles when the connection ends. Rejects when it cannot connect now.
   * When `stopping` is aborted before the connection is up, the attempt must close the connection itself. The keeper no
   * longer waits for it.
   */
  readonly attempt: (stopping: AbortSignal) => Promise<{ readonly ended: Promise<unknown> }>;
  /** When connections repeatedly end sooner than this, retries use backoff too. Absent when every end is normal. */
  readonly steadyMs?: number;
  readonly now: () => Date;
  /** Resolves early, and never rejects, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly log: Logger;
}

/** Keeps a connection up while the bot runs. */
export interface Keeper {
  /**
   * Makes the first attempt. Rejects only for a refused credential. If Slack does not answer, retries in the
   * background.
   */
  start(): Promise<void>;
  /** Stops retrying; an attempt in progress ends by itself. */
  stop(): Promise<void>;
  /** Null while the connection is up or is being refreshed; otherwise why it is down. */
  problem(): string | null;
}

export function createKeeper({ name, attempt, steadyMs, now, wait, log }: KeeperOptions): Keeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const outage = createOutage(name, { now, log });
  let problem: string | null = `${name}: not tried yet`;
  let failures = 0;
  let quickEnds = 0;
  let askedMs = 0;
  let loop = Promise.resolve();

  /** The result of the work, or undefined as soon as the keeper is stopped; the work then continues alone. */
  const orStopped = async <T>(work: Promise<T>): Promise<T | undefined> => {
    const stopped = Promise.withResolvers<undefined>();
    const stop = (): void => stopped.resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([work, stopped.promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  };

  const isDown = (why: string): void => {
    problem = why;
    outage.failed(why, failures + quickEnds);
  };

  const tryOnce = async (): Promise<Held | undefined> => {
    try {
      const held = await orStopped(attempt(signal));
      if (held === undefined) return undefined;
      // A connection that keeps breaking counts as up only after it has lasted.
      if (quickEnds < 2) outage.over(failures);
      problem = null;
      failures = 0;
      askedMs = 0;
      return held;
    } catch (error) {
      if (signal.aborted) return undefined;
      failures += 1;
      askedMs = askedPauseMs(error);
      isDown(error instanceof SlackCredentialError ? error.message : `${name}: ${troubleText(error)}`);
      if (error instanceof SlackCredentialError) throw error;
      return undefined;
    }
  };

  const untilEnd = async ({ ended }: Held): Promise<void> => {
    const over = new AbortController();
    const lasts = async (ms: number): Promise<void> => {
      await wait(ms, AbortSignal.any([signal, over.signal]));
      if (over.signal.aborted || signal.aborted) return;
      quickEnds = 0;
      outage.over(failures);
    };
    if (steadyMs !== undefined) void lasts(steadyMs);
    // Success or failure does not matter here: the connection has ended.
    await orStopped(Promise.allSettled([ended]));
    over.abort();
    if (steadyMs !== undefined) quickEnds += 1;
  };

  const keep = async (first: Held | undefined): Promise<void> => {
    let held = first;
    while (!signal.aborted) {
      if (held !== undefined) {
        await untilEnd(held);
        // The first end needs no backoff, because Slack refreshes connections all day.
        if (quickEnds > 1 && !signal.aborted) isDown(`${name}: the connection keeps breaking soon after it opens`);
      }
      const misses = held === undefined ? failures : quickEnds - 1;
      if (misses > 0) {
        const pause = Math.max(askedMs, backoffMs(DOWN, misses, Math.random()));
        await orStopped(wait(pause, signal));
      }
      if (signal.aborted) return;
      // If Slack refuses the credential later, the bot stays up and reports it until an operator corrects it.
      held = await tryOnce().catch(() => undefined);
    }
  };

  return {
    start: async () => {
      const held = await tryOnce();
      loop = keep(held);
    },
    stop: async () => {
      stopping.abort();
      await loop;
    },
    problem: () => problem,
  };
}

const DOWN: Backoff = { firstMs: 1_000, longestMs: 30_000 };

type Held = Awaited<ReturnType<KeeperOptions["attempt"]>>;
