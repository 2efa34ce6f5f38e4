/** Whoever presses: a token that was just asked about answers the same. */
const PAUSE_MS = 30_000;

/** Takes a turn for a watch; undefined when it has one, else the milliseconds until it does. */
export type TakeWatchTurn = (watch: string, now: Date) => number | undefined;

/** Remembers in memory when each watch was last checked by a button, and forgets it when the pause is over. */
export const createWatchTurns = (): TakeWatchTurn => {
  const taken = new Map<string, number>();
  return (watch, now) => {
    const nowMs = now.getTime();
    for (const [other, at] of taken) if (nowMs - at >= PAUSE_MS) taken.delete(other);
    const last = taken.get(watch);
    if (last === undefined) {
      taken.set(watch, nowMs);
      return undefined;
    }
    // A turn from the future is a clock that was set back; it counts as just now, or it would block for longer.
    const at = Math.min(last, nowMs);
    taken.set(watch, at);
    return at + PAUSE_MS - nowMs;
  };
};
