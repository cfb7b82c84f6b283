import { sum } from "./sum.ts";

export interface MeanDifference {
  /** Mean of a minus mean of b, in the unit of the values. */
  readonly difference: number;
  /** The share of all ways to deal the values into two such samples that differ at least as much, either way. */
  readonly p: number;
}

/** Some 30 ms of counting. */
const MOST_ARRANGEMENTS = 1_000_000;

/**
 * The exact two-sided permutation test of a difference in means, for small samples
 * (Efron & Tibshirani 1993, §15.2, with every arrangement instead of a draw of them).
 *
 * @returns `null` when a sample is empty, or beyond a million arrangements (11 and 11 is within, 12 and 12 is not):
 * use `shift`, which copes with any size.
 */
export function permutationTest(a: readonly number[], b: readonly number[]): MeanDifference | null {
  const pooled = [...a, ...b];
  const arrangements = choose(pooled.length, a.length);
  if (a.length === 0 || b.length === 0 || arrangements > MOST_ARRANGEMENTS) return null;
  const total = sum(pooled);
  const differenceAt = (first: number): number => first / a.length - (total - first) / b.length;
  const difference = differenceAt(sum(a));
  const least = Math.abs(difference) - rounding(pooled);
  const extreme = countSums(pooled, a.length, (first) => Math.abs(differenceAt(first)) >= least);
  return { difference, p: extreme / arrangements };
}

/** How many of the ways to take `size` values have a sum that counts. */
function countSums(values: readonly number[], size: number, counts: (sum: number) => boolean): number {
  const take = (from: number, left: number, taken: number): number => {
    if (left === 0) return counts(taken) ? 1 : 0;
    let count = 0;
    for (let index = from; index <= values.length - left; index++) {
      count += take(index + 1, left - 1, taken + (values[index] ?? 0));
    }
    return count;
  };
  return take(0, size, 0);
}

/** Sums of the same values in another order may differ by this much and are still equal. */
function rounding(values: readonly number[]): number {
  return 1e-12 * sum(values.map(Math.abs));
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
