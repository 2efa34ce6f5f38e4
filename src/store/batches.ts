import { setImmediate as nextTurn } from "node:timers/promises";

// How much is done at a stretch: a few milliseconds each, so that Slack's requests are answered between.

/** Rows whose JSON is read or written. */
export const DECODED = 25;

/** Rows that one statement changes, or names that are bound to it. */
export const BOUND = 100;

/** Rows of which a few plain columns are read. */
export const PLAIN = 500;

/** Lets everything else that waits have its turn: SQLite's answers come without one. */
export const breathe = async (): Promise<void> => nextTurn();

/** A list in pieces, with a breath before each but the first. */
export async function* inBatches<T>(list: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) {
    if (start > 0) await breathe();
    yield list.slice(start, start + size);
  }
}

/**
 * Rows in pieces of `size`, with a breath before each but the first.
 * @param read gives the first rows that come after `last`, or the first of all
 */
export async function* readInBatches<R>(
  size: number,
  read: (last: R | undefined, size: number) => Promise<readonly R[]>,
): AsyncGenerator<readonly R[]> {
  for (let last: R | undefined; ; await breathe()) {
    const rows = await read(last, size);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
  }
}
