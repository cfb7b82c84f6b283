import { sortedNumbers } from "./quantile.ts";

export interface SurvivalStep {
  /** In the unit of the durations: something ended after this time, or was still open. */
  readonly time: number;
  /** How many had lasted until then. */
  readonly atRisk: number;
  readonly ended: number;
  /** The share that lasts longer than this, 0 to 1; level until the next step. */
  readonly survival: number;
  /** Greenwood's variance of ln survival: Σ ended / (atRisk · (atRisk − ended)), infinite once none is left. */
  readonly variance: number;
}

export interface Survival {
  /** One for each different time, ascending. */
  readonly steps: readonly SurvivalStep[];
  readonly n: number;
  /** How many of them had not ended. */
  readonly open: number;
  /** The longest time seen, ended or not: what is not reached by then takes longer than this. */
  readonly longest: number;
}

/**
 * How long things last when some have not ended yet: those count as long as they were watched, then no more
 * (Kaplan & Meier 1958; variance by Greenwood 1926). What was open at the very time at which something else ended had
 * lasted until then. Durations in any order and unit; takes O(n log n).
 *
 * @returns `null` when there are no durations.
 */
export function kaplanMeier(ended: Iterable<number>, open: Iterable<number>): Survival | null {
  const [ends, opens] = [sortedNumbers(ended), sortedNumbers(open)];
  const n = ends.length + opens.length;
  const steps: SurvivalStep[] = [];
  let [survival, variance] = [1, 0];
  let [e, o] = [0, 0];
  while (e + o < n) {
    const time = Math.min(ends[e] ?? Infinity, opens[o] ?? Infinity);
    const atRisk = n - e - o;
    const count = countOf(time, ends, e);
    survival *= (atRisk - count) / atRisk;
    variance += count === 0 ? 0 : count / (atRisk * (atRisk - count));
    steps.push({ time, atRisk, ended: count, survival, variance });
    e += count;
    o += countOf(time, opens, o);
  }
  const last = steps.at(-1);
  return last === undefined ? null : { steps, n, open: opens.length, longest: last.time };
}

/** How many of the sorted values from an index on are this one. */
function countOf(value: number, sorted: Float64Array, from: number): number {
  let to = from;
  while (to < sorted.length && sorted[to] === value) to++;
  return to - from;
}
