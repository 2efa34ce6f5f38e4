import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./clock.ts";

const SHORTER_BY = 50;
const BRIEF_MS = 30;
const minuteMs = 60_000;

/** Resolves when the sandbox's clock has moved on by `ms`, or when the wait is called off. */
const untilClock = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const dueMs = clock.now().getTime() + ms;
    const finish = (): void => {
      forget();
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const forget = clock.onChange((now) => {
      if (now.getTime() >= dueMs) finish();
    });
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });

/**
 * Waits for the bot in the sandbox. Pauses before asking Graph again are skipped, since its answers do not depend on
 * real time; those below a second last no longer than `longestMs`; pauses before reconnecting are real but fifty times
 * shorter; those of a minute and more follow the sandbox's clock. Whoever waits is also woken when the clock has moved
 * on by that much.
 */
export const createBriefWait =
  (clock: Clock, longestMs = BRIEF_MS) =>
  async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal === undefined) {
      if (ms < 1000) await sleep(Math.min(ms, longestMs));
      return;
    }
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const waits = [untilClock(clock, ms, either)];
    if (ms < minuteMs) waits.push(sleep(ms / SHORTER_BY, undefined, { signal: either }).catch(() => undefined));
    await Promise.race(waits);
    over.abort();
  };
