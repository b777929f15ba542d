/** The middle one, or the mean of the two in the middle. NaN when there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The ratios of pairs of runs that were made one right after the other. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly pairs: number;
}

/** `ours` and `theirs` are in the order of the pairs; a pair of which one run is missing does not count. */
export function ratioOfPairs(
  ours: readonly (number | null)[],
  theirs: readonly (number | null)[],
): Ratio | null {
  const ratios = ours.flatMap((value, pair) => {
    const other = theirs[pair] ?? null;
    return value === null || other === null || other === 0 ? [] : [value / other];
  });
  if (ratios.length === 0) return null;
  return {
    median: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    pairs: ratios.length,
  };
}
