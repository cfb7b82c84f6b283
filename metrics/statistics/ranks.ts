import { sortedNumbers } from "./quantile.ts";
import { sum } from "./sum.ts";

export interface PooledRanks {
  /** Twice the mid-rank of every value of both samples, ascending: whole numbers, ties or not. */
  readonly doubled: readonly number[];
  /** Twice the rank sum of the first sample. */
  readonly doubledSum: number;
  /** Σ(t³ − t) over the groups of t tied values: what ties take from the variance. */
  readonly ties: number;
}

/** Ranks two ALREADY SORTED samples together; tied values share the mean of their ranks. */
export function pooledRanks(a: ArrayLike<number>, b: ArrayLike<number>): PooledRanks {
  const pooled = sortedNumbers([...Array.from(a), ...Array.from(b)]);
  const doubled: number[] = [];
  let doubledSum = 0;
  let ties = 0;
  let seen = 0;
  for (let from = 0, to = 0; from < pooled.length; from = to) {
    while (to < pooled.length && pooled[to] === pooled[from]) to++;
    const rank = from + to + 1;
    for (let index = from; index < to; index++) doubled.push(rank);
    for (; seen < a.length && a[seen] === pooled[from]; seen++) doubledSum += rank;
    ties += (to - from) ** 3 - (to - from);
  }
  return { doubled, doubledSum, ties };
}

/**
 * In how many ways `size` of these ranks (whole, ascending) add up to each sum, the sum being the index: the exact
 * distribution of a rank sum when both samples come from the same population.
 *
 * Takes O(length² · size²). Counts above 2⁵³ are rounded, to 15 digits.
 */
export function rankSums(ranks: readonly number[], size: number): Float64Array {
  const width = sum(ranks.slice(ranks.length - size)) + 1;
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(width));
  ways[0]?.fill(1, 0, 1);
  for (const rank of ranks) {
    for (let taken = size; taken > 0; taken--) addShifted(ways[taken], ways[taken - 1], rank);
  }
  return ways[size] ?? new Float64Array();
}

/**
 * The same for the ranks from 1 to n + m, of which none is tied, the index being how far the sum of `size` of them is above the
 * least: the Gaussian binomial coefficient, factor by factor (Andrews 1976, §3). Takes O(size · n · m).
 *
 * @param others how many ranks are not taken.
 */
export function untiedRankSums(size: number, others: number): Float64Array {
  const ways = new Float64Array(size * others + 1);
  ways[0] = 1;
  for (let factor = 1; factor <= size; factor++) {
    const above = others + factor;
    for (let index = ways.length - 1; index >= above; index--)
      ways[index] = (ways[index] ?? 0) - (ways[index - above] ?? 0);
    for (let index = factor; index < ways.length; index++)
      ways[index] = (ways[index] ?? 0) + (ways[index - factor] ?? 0);
  }
  return ways;
}

function addShifted(target: Float64Array | undefined, source: Float64Array | undefined, by: number): void {
  if (target === undefined || source === undefined) return;
  for (let index = by; index < target.length; index++) {
    target[index] = (target[index] ?? 0) + (source[index - by] ?? 0);
  }
}
