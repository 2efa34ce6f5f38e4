import { setTimeout as sleep } from "node:timers/promises";
import { createBriefWait } from "../../../brief-wait.ts";
import type { Clock } from "../../../clock.ts";

/** "Checking…" can be read before the result takes its place. */
const LONGEST_PAUSE_MS = 700;

/** The bot spaces its messages by seconds, counted by a clock that stands still meanwhile: they would add up. */
const SPACING_MS = 10_000;
const BETWEEN_MESSAGES_MS = 5;

/** The bot's waits on the page: as in the rest of the sandbox, but for the second between two messages. */
export const createPageWait = (clock: Clock): ((ms: number, signal?: AbortSignal) => Promise<void>) => {
  const brief = createBriefWait(clock, LONGEST_PAUSE_MS);
  return async (ms, signal) => {
    if (signal === undefined || ms >= SPACING_MS || ms < 1_000) return brief(ms, signal);
    await sleep(BETWEEN_MESSAGES_MS, undefined, { signal }).catch(() => undefined);
  };
};
