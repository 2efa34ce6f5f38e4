import { setTimeout as pause } from "node:timers/promises";
import { isBusy } from "./sqlite-errors.ts";

const PAUSE_MS = 20;
export const BUSY_TIMEOUT_MS = 5_000;

/**
 * Tries again for 5 s while another program writes. SQLite's own busy timeout would do the same, but it sleeps in this
 * thread: Slack would wait for us meanwhile, and a second store in this process could never end what it waits for.
 * Only for work that leaves nothing behind when it is refused: a single statement, or the begin of a transaction.
 */
export const whenFree = async <T>(work: () => T): Promise<T> => {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= BUSY_TIMEOUT_MS) throw error;
    }
    await pause(PAUSE_MS);
  }
};
