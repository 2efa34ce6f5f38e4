import type { Logger } from "pino";
import type { WatchStore } from "./ports.ts";

/** Between two words to the store. */
const WORD_EVERY_MS = 2_000;

/** Others free our leases after six seconds of silence; we count on them a little shorter. */
const COUNTED_ON_MS = 5_000;

export interface LeaseKeeperOptions {
  /** Counts the time since the last word, also while the process stood still. */
  readonly machineNow: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Pick<Logger, "info" | "warn">;
}

/** Keeps the leases of this program while it lives, and frees those of programs that died. */
export interface LeaseKeeper {
  /** Says the first word, and from then on one every two seconds until `stop`. Never rejects. */
  start(store: Pick<WatchStore, "keepLeases">): Promise<void>;
  stop(): void;
  /**
   * Asked before a claim. Gives a function that says later whether that claim is still ours: others may take it over
   * when this program stood still or lost the store.
   */
  holding(): () => boolean;
  /** Called when there may be work that nobody has in hand: leases were freed, or could not be counted on. */
  onFreed(tell: () => void): void;
}

export const createLeaseKeeper = ({ machineNow, wait, log }: LeaseKeeperOptions): LeaseKeeper => {
  const abort = new AbortController();
  let tell = (): void => {};
  let owner: string | undefined;
  let exclusive = false;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let failing = false;

  const isFresh = (): boolean => {
    const silentMs = machineNow().getTime() - saidAtMs;
    return exclusive || (silentMs >= 0 && silentMs < COUNTED_ON_MS);
  };

  const say = async (store: Pick<WatchStore, "keepLeases">): Promise<void> => {
    // Taken before: the store counts our silence from a later time.
    const askedAtMs = machineNow().getTime();
    const wasLate = saidAtMs > 0 && !isFresh();
    try {
      const state = await store.keepLeases(machineNow);
      saidAtMs = askedAtMs;
      failing = false;
      const lapsed = owner !== undefined && state.owner !== owner;
      if (lapsed) log.warn("this program was silent for too long, so others may do what it had in hand");
      ({ owner, exclusive } = state);
      if (state.freed > 0) log.info({ freed: state.freed }, "leases of a program that is gone were freed");
      if (wasLate || state.freed > 0) tell();
    } catch (error) {
      if (!failing) log.warn({ err: error }, "the store did not hear that this program lives; it is told again");
      failing = true;
    }
  };

  const run = async (store: Pick<WatchStore, "keepLeases">): Promise<void> => {
    while (!abort.signal.aborted) {
      await wait(WORD_EVERY_MS, abort.signal);
      if (!abort.signal.aborted) await say(store);
    }
  };

  return {
    start: async (store) => {
      await say(store);
      void run(store);
    },
    stop: () => abort.abort(),
    holding: () => {
      const claimedBy = owner;
      return () => claimedBy === owner && isFresh();
    },
    onFreed: (listener) => {
      tell = listener;
    },
  };
};
