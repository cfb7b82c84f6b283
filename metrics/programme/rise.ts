/** Where a share begins to rise that needs some weeks to get from one level to another. */
import { sum } from "../statistics/sum.ts";
import type { Instant, Window } from "../time.ts";
import { WEEK } from "../time.ts";

interface Counted extends Window {
  readonly met: number;
  readonly of: number;
}

/** Before it, too, there is a level. */
const LEAST_BEFORE = 2;

/**
 * ln of how likely it is that a rise of so many weeks begins with each week, but for a constant; never where either side would be no level. Both levels are those of least squares, weighted by
 * items, with the scatter around the best of all rises.
 *
 * @param weeks all with items, in order.
 */
export function beginnings(weeks: readonly Counted[], rampWeeks: number, leastAfter: number): Float64Array {
  const squares = weeks.map(({ from }, begin) =>
    begin < LEAST_BEFORE || begin > weeks.length - leastAfter ? Infinity : squaresAround(weeks, from, rampWeeks * WEEK),
  );
  const least = Math.min(...squares);
  const variance = least / Math.max(1, weeks.length - 2);
  return Float64Array.from(squares, (one) => (one === least ? 0 : (least - one) / (2 * variance)));
}

/** What remains of the squares around a share that lies level, rises evenly from an instant on, and lies level again; infinite where it would fall. */
function squaresAround(weeks: readonly Counted[], begin: Instant, ramp: number): number {
  const risen = weeks.map(({ from, to }) => Math.min(1, Math.max(0, ((from + to) / 2 - begin) / ramp)));
  const shares = weeks.map(({ met, of }) => met / of);
  const total = sum(weeks.map(({ of }) => of));
  const weighted = (value: (index: number) => number) => sum(weeks.map(({ of }, index) => of * value(index))) / total;
  const [x, y] = [weighted((index) => risen[index] ?? 0), weighted((index) => shares[index] ?? 0)];
  const around = (index: number) => [(risen[index] ?? 0) - x, (shares[index] ?? 0) - y] as const;
  const xx = weighted((index) => around(index)[0] ** 2);
  const xy = weighted((index) => around(index)[0] * around(index)[1]);
  const yy = weighted((index) => around(index)[1] ** 2);
  return xx === 0 || xy <= 0 ? Infinity : Math.max(0, yy - (xy * xy) / xx) * total;
}
