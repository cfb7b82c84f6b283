import { doneWithin, LEAST_SAMPLES } from "./forecast.ts";
import type { Levels } from "./forecast.ts";
import { sum } from "./sum.ts";

export interface Backtest {
  /** The share of the past intervals in which at least as much was done as each level said; `null` when there are none. */
  readonly covered: Levels<number> | null;
  /** How many past intervals could be forecast. */
  readonly intervals: number;
}

/** Enough for a share of intervals. */
const TRIALS = 1000;

/**
 * How `doneWithin` would have done: for every past interval of so many periods, its forecast from what was known before
 * it against what came (walk-forward; Hyndman & Athanasopoulos 2021, §5.10). Good levels cover at least their share.
 * Intervals overlap, so they are not as many independent trials.
 *
 * @param throughput items done in each period, in time order.
 * @param samples how many of the latest known periods each forecast rests on, 7 or more; all when it is not said.
 */
export function backtest(
  throughput: readonly number[],
  periods: number,
  samples = throughput.length,
  seed = 1,
): Backtest {
  const hits: Levels<boolean>[] = [];
  for (let now = LEAST_SAMPLES; now + periods <= throughput.length; now++) {
    const known = throughput.slice(Math.max(0, now - samples), now);
    const { levels } = doneWithin(known, periods, seed, TRIALS);
    const done = sum(throughput.slice(now, now + periods));
    if (levels !== null) hits.push({ p50: done >= levels.p50, p85: done >= levels.p85, p95: done >= levels.p95 });
  }
  const share = (level: keyof Levels<boolean>): number => hits.filter((hit) => hit[level]).length / hits.length;
  const covered = { p50: share("p50"), p85: share("p85"), p95: share("p95") };
  return { covered: hits.length === 0 ? null : covered, intervals: hits.length };
}
