import { createWakeSignal } from "./wake-signal.ts";

/**
 * Where work goes on, so much of it at a time. Who pauses gives up the place meanwhile, and has the next free one before
 * anybody new.
 */
export interface WorkerSlots {
  /** How many may begin now. */
  readonly free: () => number;
  /** Begins; only while a place is free. */
  readonly take: () => void;
  /** Ends. */
  readonly release: () => void;
  readonly pause: (wait: () => Promise<void>) => Promise<void>;
  /** Resolves when somebody has ended or begun to pause since the last time. */
  readonly changed: () => Promise<void>;
}

/** @param mostPausing as many more may pause; then nobody begins */
export const createWorkerSlots = (most: number, mostPausing: number): WorkerSlots => {
  const wakeSignal = createWakeSignal();
  const returning: (() => void)[] = [];
  let working = 0;
  let pausing = 0;

  const giveUp = (): void => {
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
    release: giveUp,
    pause: async (wait) => {
      pausing++;
      giveUp();
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
};
