import { notAfter } from "../../../token/set-back.ts";

/** Takes a turn for a watch. Returns undefined when the turn was free, else the milliseconds until the next turn. */
export type TakeWatchTurn = (watch: string, now: Date) => number | undefined;

/** Remembers in memory when a button last checked each watch, and forgets it after the pause. */
export function createWatchTurns(): TakeWatchTurn {
  const taken = new Map<string, number>();
  return (watch, now) => {
    const nowMs = now.getTime();
    for (const [other, at] of taken) if (nowMs - at >= PAUSE_MS) taken.delete(other);
    const last = taken.get(watch);
    if (last === undefined) {
      taken.set(watch, nowMs);
      return undefined;
    }
    const at = notAfter(last, nowMs);
    taken.set(watch, at);
    return at + PAUSE_MS - nowMs;
  };
}

/**
 * The pause between two checks of one token by button, for all people together: Meta's answer stays the same this soon.
 */
const PAUSE_MS = 30_000;
