import type { Interval } from "./interval.ts";
import { Z95 } from "./normal.ts";
import { wilson } from "./wilson.ts";

export interface RateDifference extends Interval {
  /** First rate minus second, −1 to 1. */
  readonly difference: number;
}

/**
 * How much a rate of k1 in n1 exceeds one of k2 in n2, with its 95 % hybrid score interval (Newcombe 1998, method 10).
 *
 * @param z of another interval: so many standard deviations to either side.
 * @returns `null` when n1 or n2 is 0.
 */
export function rateDifference(k1: number, n1: number, k2: number, n2: number, z = Z95): RateDifference | null {
  const first = wilson(k1, n1, z);
  const second = wilson(k2, n2, z);
  if (first === null || second === null) return null;
  const rate1 = k1 / n1;
  const rate2 = k2 / n2;
  const difference = rate1 - rate2;
  return {
    difference,
    low: difference - Math.hypot(rate1 - first.low, second.high - rate2),
    high: difference + Math.hypot(first.high - rate1, rate2 - second.low),
  };
}
