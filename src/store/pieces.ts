import { setImmediate as nextTurn } from "node:timers/promises";

/** Rows that are decoded at a stretch: a few milliseconds, so that Slack's requests are answered between. */
export const PIECE = 50;

/** Ids and plain columns at a stretch; they are also bound to one statement. */
export const LARGE_PIECE = 500;

/** Lets everything else that waits have its turn: SQLite's answers come without one. */
export const breathe = async (): Promise<void> => nextTurn();

/** A list in pieces, with a breath before each but the first. */
export async function* inPieces<T>(list: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) {
    if (start > 0) await breathe();
    yield list.slice(start, start + size);
  }
}

/**
 * Rows in pieces of `size`, with a breath before each but the first.
 * @param read gives the first rows that come after `last`, or the first of all
 */
export async function* readInPieces<R>(
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
