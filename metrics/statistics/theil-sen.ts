import { inversions } from "./inversions.ts";
import { Z95 } from "./normal.ts";
import { median, sortedNumbers } from "./quantile.ts";

export interface TheilSen {
  /** The median of the slopes between all pairs: the change from one place to the next, in the unit of the values. */
  readonly slope: number;
  /** The line's value at the first place: as many values lie above the line as below. */
  readonly start: number;
  /** 95 % interval of the slope; `null` below five values, which have none. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Exact up to here, as in `mannKendall`. */
const EXACT = 50;

/**
 * How steeply evenly spaced values rise, `null` being a gap that keeps its place (Theil 1950; Sen 1968).
 *
 * Where nothing is tied, the interval leaves 0 out exactly when `mannKendall` has a p of at most 5 %; it ignores ties,
 * which makes it cover more often. Takes O(n² log n).
 *
 * @returns `null` when there are fewer than two values.
 */
export function theilSen(values: readonly (number | null)[]): TheilSen | null {
  const points = values.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
  const slopes = allSlopes(points).sort();
  const slope = median(slopes);
  if (slope === null) return null;
  const start = median(sortedNumbers(points.map(({ x, y }) => y - slope * x))) ?? 0;
  const rank = outerRank(points.length);
  return {
    slope,
    start,
    low: slopes[rank - 1] ?? null,
    high: rank < 1 ? null : (slopes[slopes.length - rank] ?? null),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function allSlopes(points: readonly Point[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (const [index, from] of points.entries())
    for (let later = index + 1; later < points.length; later++) {
      const to = points[later] ?? from;
      slopes[count++] = (to.y - from.y) / (to.x - from.x);
    }
  return slopes;
}

/** The largest rank r with P(fewer than r of the slopes on one side of the true one) ≤ 2.5 %; below 1 when there is none. */
function outerRank(n: number): number {
  return n <= EXACT ? exactRank(n) : Math.floor((n * (n - 1)) / 4 + 0.5 - (Z95 / 2) * deviation(n));
}

function exactRank(n: number): number {
  let rank = 0;
  let below = 0;
  for (const chance of inversions(Array<number>(n).fill(1))) {
    below += chance;
    if (below > 0.025) break;
    rank += 1;
  }
  return rank;
}

/** The standard deviation of Kendall's S when nothing is tied. */
function deviation(n: number): number {
  return Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
}
