import { setImmediate as nextTurn } from "node:timers/promises";

// Batch sizes. The work on one batch takes a few milliseconds, so the process can answer Slack's requests between
// batches.

/** For rows with JSON to parse or write. */
export const DECODED = 25;

/** For rows that one statement changes, and for names bound to a statement. */
export const BOUND = 100;

/** For rows with a few plain columns and no JSON. */
export const PLAIN = 500;

/** Lets other waiting work run. SQLite answers synchronously and never yields by itself. */
export async function breathe(): Promise<void> {
  return nextTurn();
}

/** Yields a list in batches and lets other work run between them. */
export async function* inBatches<T>(list: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) {
    if (start > 0) await breathe();
    yield list.slice(start, start + size);
  }
}

/**
 * Reads rows in batches of `size` and lets other work run between them.
 * @param read returns the first rows after `last`, or the first of all
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
