import type { Interval } from "./interval.ts";
import { sum } from "./sum.ts";

export interface MedianInterval extends Interval {
  /** The probability that such an interval covers the median: at least 0.95. */
  readonly confidence: number;
}

/**
 * The distribution-free interval for the median of ALREADY SORTED values, in their unit: the narrowest symmetric pair
 * of order statistics that covers with at least 95 % (Conover 1999, §3.2). Ties make it cover more often.
 *
 * Exact for every n: no normal approximation. Takes O(√n).
 *
 * @returns `null` below six values, where not even the smallest and the largest cover with 95 %.
 */
export function medianInterval(sorted: ArrayLike<number>): MedianInterval | null {
  const { rank, tail } = outerRankOf(sorted.length);
  const low = sorted[rank - 1];
  const high = sorted[sorted.length - rank];
  return low === undefined || high === undefined ? null : { low, high, confidence: 1 - 2 * tail };
}

/** The positions of its two ends among `n` sorted values; none where there are too few. */
export function medianIntervalPositions(n: number): readonly number[] {
  const { rank } = outerRankOf(n);
  return rank === 0 ? [] : [rank - 1, n - rank];
}

type OuterRank = ReturnType<typeof outerRank>;

/** It rests on nothing but how many values there are, and many periods have as many as others. */
function outerRankOf(n: number): OuterRank {
  if (n >= MOST_KEPT) return outerRank(n);
  const found = (ranks[n] ??= outerRank(n));
  return found;
}

const MOST_KEPT = 10_000;
const ranks: OuterRank[] = [];

/**
 * The largest rank r with P(B < r) ≤ 2.5 % for B binomial (n, ½), and that probability; rank 0 when there is none.
 */
function outerRank(n: number): { rank: number; tail: number } {
  const weights = weightsBelow(n);
  const total = 2 * sum(weights) + (n % 2 === 0 ? 1 : 0);
  let rank = Math.ceil(n / 2) - weights.length;
  let tail = 0;
  for (const weight of weights.toReversed()) {
    if (tail + weight / total > 0.025) break;
    tail += weight / total;
    rank += 1;
  }
  return { rank, tail };
}

/**
 * The binomial coefficients below the middle, middle outwards, relative to the middle one, so that nothing overflows;
 * those too small to matter are left out.
 */
function weightsBelow(n: number): number[] {
  const weights: number[] = [];
  let weight = 1;
  for (let k = Math.ceil(n / 2) - 1; k >= 0 && weight > 1e-20; k--) {
    weight *= (k + 1) / (n - k);
    weights.push(weight);
  }
  return weights;
}
