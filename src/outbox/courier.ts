import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { inTime } from "../token/in-time.ts";
import { createWakeSignal } from "./wake-signal.ts";
import type { Pass } from "./deliver.ts";

export interface CourierOptions {
  /** One pass over the outbox. It stops when the pass's signal is aborted. */
  readonly deliver: (pass: Pass) => Promise<unknown>;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When the first resting channel may be tried again; null when none rests. */
  readonly nextTryAt: () => Date | null;
  readonly now: () => Date;
  readonly log: Logger;
}

/**
 * Runs deliveries in the background: one pass at a time, and one more after new work arrived. After the first wake, it
 * also looks for work once a minute.
 */
export interface Courier {
  /** Announces new work. A running pass looks for it soon, and another pass follows. */
  wake(): void;
  /** Resolves when no pass runs and none will follow. */
  idle(): Promise<void>;
  /**
   * Starts no more passes and ends the running one after its current messages.
   * @returns false when `deadlineMs` passed first
   */
  stop(deadlineMs: number): Promise<boolean>;
}

export function createCourier({ deliver, wait, nextTryAt, now, log }: CourierOptions): Courier {
  const wakeSignal = createWakeSignal();
  const abort = new AbortController();
  let wanted = false;
  let running: Promise<void> | undefined;
  let looking: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (wanted && !abort.signal.aborted) {
      wanted = false;
      try {
        await deliver({ signal: abort.signal, wakeSignal });
      } catch (error) {
        log.error({ err: error }, "delivery pass failed");
      }
    }
    running = undefined;
    void tryAgain();
    log.trace("delivery pass ended");
  };

  /** When the earliest wait ends, in epoch milliseconds. A wait that ends later need not start. */
  let waitsUntil = Infinity;
  const tryAgain = async (): Promise<void> => {
    const at = nextTryAt()?.getTime() ?? Infinity;
    if (at >= waitsUntil || abort.signal.aborted) return;
    waitsUntil = at;
    await wait(Math.max(1, at - now().getTime()), abort.signal);
    if (waitsUntil === at) waitsUntil = Infinity;
    wake();
  };

  const wake = (): void => {
    if (abort.signal.aborted) return;
    wanted = true;
    wakeSignal.raise();
    running ??= run();
    looking ??= look();
  };
  const look = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      await wait(LOOK_MS, abort.signal);
      wake();
    }
  };

  return {
    wake,
    async idle() {
      for (let pass = running; pass !== undefined; pass = running) await pass;
    },
    async stop(deadlineMs) {
      abort.abort();
      wakeSignal.raise();
      if (running === undefined) return true;
      return inTime(running, deadlineMs);
    },
  };
}

/**
 * The time between two looks for work. Nothing wakes the courier when a retry delay, quiet hours or the lease of a dead
 * replica end.
 */
const LOOK_MS = MINUTE_MS;
