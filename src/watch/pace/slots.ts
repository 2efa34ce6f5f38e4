import { createWakeSignal } from "../../outbox/wake-signal.ts";

/** A place among the inspections in flight. */
export interface Slot {
  /** Frees the slot during `wait`, and resolves when it has a slot again. Earlier work goes before new work. */
  readonly pause: (wait: () => Promise<void>) => Promise<void>;
  /** Frees the slot. A second call does nothing. */
  readonly release: () => void;
  /** Milliseconds of work so far, without the pauses. Only call it before the release. */
  readonly workedMs: () => number;
}

/** A limited number of slots. A pausing inspection needs none. */
export interface Slots {
  /** The number of free slots. */
  readonly free: () => number;
  /** The number of taken slots. */
  readonly taken: () => number;
  /** Takes a slot. Only call it while one is free. */
  readonly take: () => Slot;
  /** Resolves when a slot became free, a pause ended or `wake` was called since the last time. */
  readonly changed: () => Promise<void>;
  readonly wake: () => void;
}

/** @param limit the most slots; it may change at any time, and a lower one ends no work */
export function createSlots(limit: () => number, now: () => Date): Slots {
  const wakeSignal = createWakeSignal();
  const returning: (() => void)[] = [];
  let taken = 0;
  let pausing = 0;

  const free = (): void => {
    taken--;
    while (taken < limit() && returning.length > 0) {
      taken++;
      returning.shift()?.();
    }
    wakeSignal.raise();
  };
  const getBack = async (): Promise<void> => {
    if (taken < limit()) {
      taken++;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    returning.push(resolve);
    await promise;
  };
  const take = (): Slot => {
    let isReleased = false;
    let workedMs = 0;
    let since = now().getTime();
    // The clock may be set back.
    const sinceMs = (): number => Math.max(0, now().getTime() - since);
    taken++;
    return {
      pause: async (wait) => {
        workedMs += sinceMs();
        pausing++;
        free();
        try {
          await wait();
        } finally {
          await getBack();
          since = now().getTime();
          pausing--;
          wakeSignal.raise();
        }
      },
      release: () => {
        if (isReleased) return;
        isReleased = true;
        free();
      },
      workedMs: () => workedMs + sinceMs(),
    };
  };
  return {
    free: () => (pausing < limit() * PAUSING_PER_SLOT ? Math.max(0, limit() - taken) : 0),
    taken: () => taken,
    take,
    changed: () => wakeSignal.raised(),
    wake: () => wakeSignal.raise(),
  };
}

/**
 * The most pauses at once, for each slot. A pause takes 2 s. Without a bound, thousands of failing tokens would come
 * back at once and wait for a slot until their leases end.
 */
const PAUSING_PER_SLOT = 10;
