import { setImmediate } from "node:timers/promises";
import { NOW } from "./builders.ts";

interface Waiter {
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * Virtual time. It stands still while anything runs, and jumps to the end of the shortest wait when everything waits.
 */
export const createVirtualTime = (start: Date = NOW) => {
  let nowMs = start.getTime();
  let waiters: readonly Waiter[] = [];
  const now = (): Date => new Date(nowMs);

  const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiters = waiters.filter((other) => other !== waiter);
        resolve();
      };
      const waiter: Waiter = { atMs: nowMs + ms, wake };
      waiters = [...waiters, waiter];
      signal?.addEventListener("abort", wake, { once: true });
      if (signal?.aborted === true) wake();
    });

  /** Lets time pass until the work is done. */
  const run = async <T>(work: Promise<T>): Promise<T> => {
    const ended = { yet: false };
    const end = (): void => {
      ended.yet = true;
    };
    work.then(end, end);
    while (!ended.yet) {
      await setImmediate();
      const [first] = waiters.toSorted((a, b) => a.atMs - b.atMs);
      if (ended.yet || first === undefined) continue;
      nowMs = Math.max(nowMs, first.atMs);
      first.wake();
    }
    return work;
  };

  return {
    now,
    wait,
    run,
    set: (at: Date): void => {
      nowMs = at.getTime();
    },
    pass: (ms: number): void => {
      nowMs += ms;
    },
  };
};
