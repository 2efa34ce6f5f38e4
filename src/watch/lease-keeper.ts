import type { Logger } from "pino";
import { ageMs } from "../token/set-back.ts";
import type { WatchStore } from "./ports.ts";

export interface LeaseKeeperOptions {
  /** The machine's clock. It also counts time while the process was suspended. */
  readonly machineNow: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Pick<Logger, "info" | "warn">;
}

/** Keeps the leases of this program while it runs, and frees the leases of dead programs. */
export interface LeaseKeeper {
  /** Sends a heartbeat now, and then one every two seconds until `stop`. Never rejects. */
  start(store: Pick<WatchStore, "keepLeases">): Promise<void>;
  stop(): void;
  /**
   * Called before a claim. The returned function tells later whether the claim is still ours. Another program may take
   * the claim over when this one was suspended or lost the store.
   */
  holding(): () => boolean;
  /** `tell` is called when work may have become free: leases were freed, or ours may have been lost. */
  onFreed(tell: () => void): void;
}

export function createLeaseKeeper({ machineNow, wait, log }: LeaseKeeperOptions): LeaseKeeper {
  const abort = new AbortController();
  let tell = (): void => {};
  let owner: string | undefined;
  let exclusive = false;
  let saidAt: Date | null = null;
  let failing = false;

  const isFresh = (): boolean => exclusive || ageMs(saidAt, machineNow()) < COUNTED_ON_MS;

  const say = async (store: Pick<WatchStore, "keepLeases">): Promise<void> => {
    // Taken before the call, because the store counts the silence from a later time. So this program never trusts its
    // leases for too long.
    const askedAt = machineNow();
    const wasLate = saidAt !== null && !isFresh();
    try {
      const state = await store.keepLeases(machineNow);
      saidAt = askedAt;
      failing = false;
      const lapsed = owner !== undefined && state.owner !== owner;
      if (lapsed) log.warn("this program sent no heartbeat for too long; other programs may take over its work");
      ({ owner, exclusive } = state);
      if (state.freed > 0) log.info({ freed: state.freed }, "freed the leases of a dead program");
      if (wasLate || state.freed > 0) tell();
    } catch (error) {
      if (!failing) log.warn({ err: error }, "the heartbeat to the store failed; retrying");
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
}

/** The time between two heartbeats to the store. */
const WORD_EVERY_MS = 2_000;

/**
 * Other programs free our leases after six seconds without a heartbeat. This program stops trusting them one second
 * earlier.
 */
const COUNTED_ON_MS = 5_000;
