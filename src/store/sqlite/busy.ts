import { setTimeout as pause } from "node:timers/promises";
import { isBusy } from "./errors.ts";

export const BUSY_TIMEOUT_MS = 5_000;

/**
 * Retries for 5 s while another program writes. SQLite's own busy timeout would block this thread. Slack's requests
 * would then wait, and a second store in this process could not finish its write. `work` must have no effect when it is
 * refused, such as a single statement or BEGIN.
 */
export async function whenFree<T>(work: () => T): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= BUSY_TIMEOUT_MS) throw error;
    }
    await pause(PAUSE_MS);
  }
}

const PAUSE_MS = 20;
