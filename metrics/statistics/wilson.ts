import type { Interval } from "./interval.ts";
import { Z95 } from "./normal.ts";

/**
 * The 95 % score interval for a rate of k in n, 0 to 1 (Wilson 1927), without continuity correction.
 *
 * @param z of another interval: so many standard deviations to either side.
 * @returns `null` when n is 0: nothing was tried, so nothing is known.
 */
export function wilson(k: number, n: number, z = Z95): Interval | null {
  if (n === 0) return null;
  const rate = k / n;
  const scale = 1 + z ** 2 / n;
  const centre = (rate + z ** 2 / (2 * n)) / scale;
  const margin = (z * Math.sqrt((rate * (1 - rate)) / n + (z / (2 * n)) ** 2)) / scale;
  return {
    low: k === 0 ? 0 : Math.max(0, centre - margin),
    high: k === n ? 1 : Math.min(1, centre + margin),
  };
}
