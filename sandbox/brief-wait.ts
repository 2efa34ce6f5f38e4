import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./clock.ts";

/**
 * The bot's `wait` function in the sandbox. A wait without a signal, such as before a retry of a Graph call, is skipped
 * from one second on. The stand-in's answer does not depend on real time. Shorter waits last at most `longestMs`. A
 * wait with a signal, such as before a reconnect, takes a fiftieth of the real time. From a minute on, it follows the
 * sandbox's clock only. Every wait with a signal also ends when the sandbox's clock has advanced far enough.
 */
export function createBriefWait(clock: Clock, longestMs = BRIEF_MS) {
  return async (ms: number, signal?: AbortSignal): Promise<void> => {
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
}

const SHORTER_BY = 50;
const BRIEF_MS = 30;
const minuteMs = 60_000;

/** Resolves when the sandbox's clock has advanced by `ms`, or when `signal` is aborted. */
function untilClock(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
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
}
