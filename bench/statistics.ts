/** The value below which the given share (0 to 1) of the numbers lies. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, minimum and maximum: on a shared machine a single figure means little. */
export const spread = (numbers: readonly number[]): Spread => ({
  median: quantile(numbers, 0.5),
  min: Math.min(...numbers),
  max: Math.max(...numbers),
});

/** Ratios of paired measurements, so that a slow moment of the machine affects both sides. */
export const ratios = (ours: readonly number[], baseline: readonly number[]): readonly number[] =>
  ours.map((value, index) => value / (baseline[index] ?? Number.NaN));
