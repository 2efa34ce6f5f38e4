import { setTimeout as pause } from "node:timers/promises";
import { withRetries } from "../../token/retry.ts";
import { isBusy } from "./errors.ts";

export const BUSY_TIMEOUT_MS = 5_000;

/**
 * Retries for 5 s while another program writes. SQLite's own busy timeout would block this thread. Slack's requests
 * would then wait, and a second store in this process could not finish its write. `work` must have no effect when it is
 * refused, such as a single statement or BEGIN.
 */
export function whenFree<T>(work: () => T): Promise<T> {
  return withRetries(work, { pausesMs: PAUSES_MS, wait: pause, mayRetry: isBusy });
}

const PAUSE_MS = 20;

const PAUSES_MS: readonly number[] = Array.from({ length: BUSY_TIMEOUT_MS / PAUSE_MS }, () => PAUSE_MS);
