import { createWakeSignal } from "../outbox/wake-signal.ts";

/**
 * A limited number of slots for workers. A pausing worker frees its slot and gets the next free slot before new work.
 */
export interface WorkerSlots {
  /** The number of free slots. */
  readonly free: () => number;
  /** Takes a slot. Only call it while one is free. */
  readonly take: () => void;
  /** Frees a slot. */
  readonly release: () => void;
  /** Frees the slot during `wait`, and resolves when it has a slot again. */
  readonly pause: (wait: () => Promise<void>) => Promise<void>;
  /** Resolves when a slot became free or a pause ended since the last time. */
  readonly changed: () => Promise<void>;
}

/** @param mostPausing the most concurrent pauses; at this number, no new work begins */
export function createWorkerSlots(most: number, mostPausing: number): WorkerSlots {
  const wakeSignal = createWakeSignal();
  const returning: (() => void)[] = [];
  let working = 0;
  let pausing = 0;

  const freeSlot = (): void => {
    const next = returning.shift();
    if (next === undefined) working--;
    else next();
    wakeSignal.raise();
  };
  return {
    free: () => (pausing < mostPausing ? most - working : 0),
    take: () => {
      working++;
    },
    release: freeSlot,
    pause: async (wait) => {
      pausing++;
      freeSlot();
      try {
        await wait();
      } finally {
        if (working < most) working++;
        else {
          const { promise, resolve } = Promise.withResolvers<void>();
          returning.push(resolve);
          await promise;
        }
        pausing--;
        wakeSignal.raise();
      }
    },
    changed: () => wakeSignal.raised(),
  };
}
