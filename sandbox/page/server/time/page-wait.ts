import { createBriefWait } from "../../../brief-wait.ts";
import type { Clock } from "../../../clock.ts";

/** The bot's `wait` function on the page. Only the shortest waits differ from the rest of the sandbox. */
export function createPageWait(clock: Clock): (ms: number, signal?: AbortSignal) => Promise<void> {
  return createBriefWait(clock, LONGEST_PAUSE_MS);
}

/** Long enough to read "Checking…" before the result replaces it. In milliseconds. */
const LONGEST_PAUSE_MS = 700;
