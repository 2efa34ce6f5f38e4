/** The last third of a soak may need this much more than the middle third. */
const ALLOWED = 1.15;

/**
 * A sentence when the figures still grow: the maximum of the last third is clearly above that of the middle third. The
 * first third does not count, because caches fill then.
 */
export const growthOf = (figures: readonly number[], what: string): string | undefined => {
  const third = Math.floor(figures.length / 3);
  if (third === 0) return undefined;
  const [middle, last] = [Math.max(...figures.slice(third, 2 * third)), Math.max(...figures.slice(2 * third))];
  return last > middle * ALLOWED ? `${what}: grew from ${middle.toFixed(1)} to ${last.toFixed(1)}` : undefined;
};
