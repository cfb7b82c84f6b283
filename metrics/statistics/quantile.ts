/** The values in ascending numeric order, once, for every function here that asks for sorted values. */
export function sortedNumbers(values: Iterable<number>): Float64Array {
  return (values instanceof Float64Array ? values.slice() : Float64Array.from(values)).sort();
}

/**
 * The p-quantile of ALREADY SORTED values by linear interpolation, in their unit.
 *
 * R type 7, as in NumPy and PostgreSQL's `percentile_cont` (Hyndman & Fan 1996, definition 7).
 *
 * @returns `null` when there are no values (no data is not zero) or p lies outside [0, 1].
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (p < 0 || p > 1) return null;
  const rank = (sorted.length - 1) * p;
  const index = Math.floor(rank);
  const below = sorted[index];
  if (below === undefined) return null;
  const above = sorted[index + 1] ?? below;
  return below + (above - below) * (rank - index);
}

/** The positions among `n` sorted values that a quantile lies between. */
export function positionsOfQuantile(n: number, p: number): readonly number[] {
  const below = Math.floor((n - 1) * p);
  return below + 1 < n ? [below, below + 1] : [below];
}

/** The middle of ALREADY SORTED values: half of them lie on either side. `null` when there are none. */
export function median(sorted: ArrayLike<number>): number | null {
  return quantile(sorted, 0.5);
}

/** Keeps 0.07 × 100, which is 7.000000000000001, at rank 7. */
const ROUNDING = 1e-9;

/**
 * The smallest of ALREADY SORTED values that at least the share p of them does not exceed: a value that occurred,
 * as service levels want it.
 *
 * Nearest rank (Hyndman & Fan 1996, definition 1).
 *
 * @returns `null` when there are no values or p lies outside [0, 1].
 */
export function nearestRank(sorted: ArrayLike<number>, p: number): number | null {
  if (p < 0 || p > 1) return null;
  const rank = Math.max(1, Math.ceil(p * sorted.length - ROUNDING));
  return sorted[rank - 1] ?? null;
}
