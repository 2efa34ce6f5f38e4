import { setTimeout as sleep } from "node:timers/promises";
import { createBriefWait } from "../../../brief-wait.ts";
import type { Clock } from "../../../clock.ts";

/**
 * The bot's `wait` function on the page: the same as in the rest of the sandbox, except for the second between two
 * messages.
 */
export function createPageWait(clock: Clock): (ms: number, signal?: AbortSignal) => Promise<void> {
  const brief = createBriefWait(clock, LONGEST_PAUSE_MS);
  return async (ms, signal) => {
    if (signal === undefined || ms >= SPACING_MS || ms < 1_000) return brief(ms, signal);
    await sleep(BETWEEN_MESSAGES_MS, undefined, { signal }).catch(() => undefined);
  };
}

/** Long enough to read "Checking…" before the result replaces it. */
const LONGEST_PAUSE_MS = 700;

/** The bot spaces messages by waits of some seconds. Its clock stands still meanwhile, so these waits would add up. */
const SPACING_MS = 10_000;
const BETWEEN_MESSAGES_MS = 5;
