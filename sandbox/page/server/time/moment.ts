import type { Clock } from "../../../clock.ts";

/**
 * Two actions never happen at the same instant. So the bot checks again instead of reusing its last result. In
 * milliseconds.
 */
export const MOMENT_MS = 1_000;

/**
 * The clock stands still between journeys. The returned function lets it catch up with the real time that passed since
 * its last move, in whole seconds. Call it before each action of a person: a pause that the bot asks for, such as “Try
 * again in 29 seconds”, then ends after as many real seconds. `realNow` is a steady clock, in milliseconds.
 */
export function createMoments(clock: Clock, realNow: () => number): () => void {
  let movedAt = realNow();
  clock.onChange(() => {
    movedAt = realNow();
  });
  return () => {
    const stoodMs = Math.ceil((realNow() - movedAt) / MOMENT_MS) * MOMENT_MS;
    clock.advance(Math.min(Math.max(stoodMs, MOMENT_MS), LONGEST_PAUSE_MS));
  };
}

/** No pause of the bot for people is longer. After an hour at lunch, the clock must not skip a tick of the bot. */
const LONGEST_PAUSE_MS = 60_000;
