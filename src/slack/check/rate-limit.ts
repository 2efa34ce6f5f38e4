import { notAfter } from "../../token/set-back.ts";
import { words } from "../../words/words.ts";

export type Turn =
  | { readonly ok: true; readonly turns: readonly number[] }
  /** The next turn is free after this time. */
  | { readonly ok: false; readonly freeInMs: number };

/** A sliding window. `turns`: the instants of this person's earlier turns, in epoch milliseconds, oldest first. */
export function takeTurn(turns: readonly number[], nowMs: number): Turn {
  const recent = turns.map((at) => notAfter(at, nowMs)).filter((at) => nowMs - at < WINDOW_MS);
  const oldest = recent.at(-TURNS);
  return oldest === undefined
    ? { ok: true, turns: [...recent, nowMs] }
    : { ok: false, freeInMs: oldest + WINDOW_MS - nowMs };
}

/**
 * Takes a turn for a person. Gives undefined when a turn was free, else the milliseconds until one is. Checks, pasted
 * tokens and renewals share the turns, so that nobody gets more requests to Meta by another button.
 */
export type TakeTurn = (userId: string, now: Date) => number | undefined;

/** Keeps turns in memory, and forgets people whose window is over. */
export function createTurns(): TakeTurn {
  const people = new Map<string, readonly number[]>();
  return (userId, now) => {
    const nowMs = now.getTime();
    for (const [other, turns] of people) if (nowMs - (turns.at(-1) ?? 0) >= WINDOW_MS) people.delete(other);
    const turn = takeTurn(people.get(userId) ?? [], nowMs);
    if (!turn.ok) return turn.freeInMs;
    people.set(userId, turn.turns);
    return undefined;
  };
}

/** What to answer a person without a free turn. */
export function waitSentence(freeInMs: number): string {
  return words.notices.tooMany(Math.max(1, Math.ceil(freeInMs / 1_000)));
}

/** Five requests a minute are enough for a person and too few for a machine. */
const TURNS = 5;
const WINDOW_MS = 60_000;
