/** Formats a time as "2026-11-27 08:00 UTC", for texts where the reader's time zone is not known. */
export function utcText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/**
 * The smallest number; Infinity without numbers. `Math.min(...list)` throws a RangeError above about 120,000 numbers,
 * because each of them becomes an argument.
 */
export function least(numbers: Iterable<number>): number {
  let found = Infinity;
  for (const one of numbers) found = Math.min(found, one);
  return found;
}

/** The largest number; -Infinity without numbers. For lists of any length, as `least`. */
export function greatest(numbers: Iterable<number>): number {
  let found = -Infinity;
  for (const one of numbers) found = Math.max(found, one);
  return found;
}
