/** Whether the median lead time is another one than at the baseline, where some changes have not arrived yet. */
import type { Interval } from "../statistics/interval.ts";
import { quantile, sortedNumbers } from "../statistics/quantile.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";

/** The changes of one week: how long those took that arrived, and how long the others have waited so far. In hours. */
export interface WeekOfWork {
  readonly arrived: readonly number[];
  readonly open: readonly number[];
}

export interface LeadTimeRatio extends Interval {
  /** The median now by that of the baseline: below 1 is faster. */
  readonly ratio: number;
}

/** Fewer changes have no median worth comparing. */
export const LEAST_CHANGES = 10;
const DRAWS = 1000;

/**
 * The ratio of the Kaplan–Meier medians, with the 90 % interval of draws of whole weeks from either side (a bootstrap of blocks: Davison & Hinkley 1997, §8.2), since
 * changes of one week have much in common. A median that a draw does not reach is longer than anything seen: infinite.
 *
 * @returns `null` below ten changes on either side, and where either median is not reached or is 0.
 */
export function leadTimeRatio(
  now: readonly WeekOfWork[],
  baseline: readonly WeekOfWork[],
  seed = 1,
  draws = DRAWS,
): LeadTimeRatio | null {
  if (sizeOf(now) < LEAST_CHANGES || sizeOf(baseline) < LEAST_CHANGES) return null;
  const [later, earlier] = [lastingOf(now), lastingOf(baseline)];
  const once = (weeks: readonly WeekOfWork[]) => weeks.map(() => 1);
  const [after, before] = [medianOf(later, once(now)), medianOf(earlier, once(baseline))];
  if (!isUsable(after) || !isUsable(before)) return null;
  const draw = random(seed);
  const ratios = Array.from(
    { length: draws },
    () => medianOf(later, drawn(now.length, draw)) / medianOf(earlier, drawn(baseline.length, draw)),
  );
  const known = sortedNumbers(ratios.filter((ratio) => !Number.isNaN(ratio)));
  const [low, high] = [edge(known, 0.05), edge(known, 0.95)];
  return low === null || high === null ? null : { ratio: after / before, low, high };
}

function isUsable(hours: number): boolean {
  return hours > 0 && hours < Infinity;
}

function sizeOf(weeks: readonly WeekOfWork[]): number {
  return sum(weeks.map(({ arrived, open }) => arrived.length + open.length));
}

/** All changes in order of their lengths, each with its week: sorted once, whatever is drawn. */
interface Lasting {
  readonly hours: Float64Array;
  /** 1 of those that arrived. */
  readonly ended: Uint8Array;
  readonly week: Uint32Array;
}

function lastingOf(weeks: readonly WeekOfWork[]): Lasting {
  const all = weeks.flatMap(({ arrived, open }, week) => [
    ...arrived.map((hours) => ({ hours, ended: 1, week })),
    ...open.map((hours) => ({ hours, ended: 0, week })),
  ]);
  // What is open at the very time at which something else arrives had lasted until then.
  const sorted = all.toSorted((a, b) => a.hours - b.hours || b.ended - a.ended);
  return {
    hours: Float64Array.from(sorted, ({ hours }) => hours),
    ended: Uint8Array.from(sorted, ({ ended }) => ended),
    week: Uint32Array.from(sorted, ({ week }) => week),
  };
}

/** A product of shares may miss one half by this much. */
const ROUNDING = 1e-9;

/**
 * The Kaplan–Meier median where each week counts so many times, the middle of where the curve lies level at one half, as `survivalQuantile` has it; infinite where it is
 * not reached.
 */
function medianOf({ hours, ended, week }: Lasting, weights: ArrayLike<number>): number {
  let left = 0;
  for (const one of week) left += weights[one] ?? 0;
  let [survival, half] = [1, Number.NaN];
  for (let index = 0; index < hours.length;) {
    const time = hours[index] ?? 0;
    let [arrived, gone] = [0, 0];
    for (; index < hours.length && hours[index] === time; index++) {
      const weight = weights[week[index] ?? 0] ?? 0;
      gone += weight;
      if (ended[index] === 1) arrived += weight;
    }
    if (arrived > 0) {
      if (!Number.isNaN(half)) return (half + time) / 2;
      survival *= (left - arrived) / left;
      if (survival < 0.5 - ROUNDING) return time;
      if (survival <= 0.5 + ROUNDING) half = time;
    }
    left -= gone;
  }
  return Number.isNaN(half) ? Infinity : half;
}

/** How often each week is drawn, of as many draws with replacement as there are weeks. */
function drawn(count: number, draw: (below: number) => number): Float64Array {
  const weights = new Float64Array(count);
  for (let turn = 0; turn < count; turn++) {
    const chosen = draw(count);
    weights[chosen] = (weights[chosen] ?? 0) + 1;
  }
  return weights;
}

/** Type-7 quantiles of draws, of which some are infinite. */
function edge(sorted: Float64Array, p: number): number | null {
  const found = quantile(sorted, p);
  return found !== null && Number.isNaN(found) ? Infinity : found;
}
