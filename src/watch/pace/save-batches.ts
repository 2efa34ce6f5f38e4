import type { RoundResult, WatchStore } from "../ports.ts";

export interface SaveBatchesDeps {
  readonly store: Pick<WatchStore, "saveRounds">;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** False: no other result comes soon, so that a batch needs no wait. */
  readonly isMoreComing: () => boolean;
}

/** Collects the results of inspections and saves many in one transaction. */
export interface SaveBatches {
  /**
   * Resolves with false when the store refused this result: its lease was lost, or a person answered the alert. Rejects
   * when the store could not save it.
   */
  readonly save: (result: RoundResult) => Promise<boolean>;
  /** True: the store is slow and many results wait, so no inspection should begin. */
  readonly isFull: () => boolean;
}

/** Saves a batch when it is large enough, or 100 ms after its first result. One batch is saved at a time. */
export function createSaveBatches({ store, now, wait, isMoreComing }: SaveBatchesDeps): SaveBatches {
  let collected: Unsaved[] = [];
  let unsaved = 0;
  let isRipe = false;
  let saving = false;

  const saveBatch = async (batch: readonly Unsaved[]): Promise<void> => {
    try {
      const saved = await store.saveRounds(batch.map(({ result }) => result));
      for (const [index, one] of batch.entries()) one.resolve(saved[index] === true);
    } catch (error) {
      await saveEachAlone(batch, error);
    }
  };

  /** A result that the store cannot save does not affect the others. */
  const saveEachAlone = async (batch: readonly Unsaved[], error: unknown): Promise<void> => {
    const endMs = now().getTime() + ALONE_FOR_MS;
    for (const one of batch)
      if (batch.length === 1 || now().getTime() >= endMs) one.reject(error);
      else await saveBatch([one]);
  };

  const saveDue = async (): Promise<void> => {
    if (saving) return;
    saving = true;
    while (collected.length >= MOST || (isRipe && collected.length > 0)) {
      isRipe = false;
      const batch = collected.slice(0, MOST);
      collected = collected.slice(MOST);
      await saveBatch(batch);
    }
    saving = false;
    isRipe = false;
    if (collected.length > 0) ripenLater();
  };

  const ripen = (): void => {
    isRipe = true;
    void saveDue();
  };

  const ripenLater = (): void => void wait(LONGEST_WAIT_MS).then(ripen);

  return {
    save: async (result) => {
      const { promise, resolve, reject } = Promise.withResolvers<boolean>();
      collected.push({ result, resolve, reject });
      unsaved++;
      if (!isMoreComing()) ripen();
      else if (collected.length === 1) ripenLater();
      else if (collected.length >= MOST) void saveDue();
      return promise.finally(() => {
        unsaved--;
      });
    },
    isFull: () => unsaved >= 2 * MOST,
  };
}

/** The most results of one transaction. After a crash, at most these watches are checked again. */
const MOST = 200;

/** The longest time that a result waits for others. */
const LONGEST_WAIT_MS = 100;

/**
 * After a failed batch, each result is tried alone for this long. A database that is away fails slowly, and a longer
 * wait would outlast the leases. A result that cannot be saved fails at once.
 */
const ALONE_FOR_MS = 30_000;

interface Unsaved {
  readonly result: RoundResult;
  readonly resolve: (saved: boolean) => void;
  readonly reject: (error: unknown) => void;
}
