/** Is it a change, or is it noise? One window of a metric against another. */
import type { Metric } from "./metric.ts";
import type { Pieces } from "./pieces.ts";
import { finished } from "./pieces.ts";
import type { Observations, Sample } from "./sample.ts";
import { lengthsOf, sampleOf, tallyOf } from "./sample.ts";
import { mannWhitney, shifting } from "./statistics/hodges-lehmann.ts";
import { rateDifference } from "./statistics/newcombe.ts";
import { kaplanMeier } from "./statistics/kaplan-meier.ts";
import { normalTail } from "./statistics/normal.ts";
import { rateRatio } from "./statistics/poisson.ts";
import { median, sortedNumbers } from "./statistics/quantile.ts";
import { survivalQuantile } from "./statistics/survival-quantile.ts";

export type Verdict = "better" | "worse" | "different" | "within-variation" | "too-few";

export interface Change {
  /** Of a count: now divided by before, per time, `null` when there was nothing before. Otherwise: now minus before, in the metric's unit. */
  readonly change: number | null;
  /** 95 % interval of the change; the upper end of a ratio is `null` when it has none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
  /**
   * Of a change that stands out by itself, two-sided: of a count Mann–Whitney over its periods, of a median the larger of both readings
   * of what is open, of a rate the score test. 1 where nothing stands out: whatever it is, it is no signal in any family.
   */
  readonly p: number;
  /** Of how many comparisons it is one, where it stands out by itself and not among them; `null` otherwise. */
  readonly among: number | null;
  /** Of a median that stands out if what is open ends at once, and may not if it never does: how many are open. `null` otherwise. */
  readonly open: number | null;
}

export interface Side {
  readonly observations: Observations;
  /** Milliseconds in which something could have been seen. */
  readonly exposure: number;
  /** Of a count: its complete periods, which show how much it varies by itself. */
  readonly counts: readonly number[];
}

/** Below this many events together nothing can be told apart. */
const LEAST_EVENTS = 6;
const LEAST_PERIODS = 4;

/**
 * - Counts: the exact ratio of rates must leave 1 out, and the counts of the periods must differ too (Mann–Whitney, 5 %), since
 *   deployments come in bursts and a Poisson interval alone would call a burst a change.
 * - Medians: Hodges–Lehmann over the medians of what arrived together, since the commits of one release wait together and are
 *   not that many independent waits. The medians shown must move the same way, or nothing is called.
 *   What is open may end at once or never: a change is called only where both readings say so.
 * - Rates: Newcombe's interval of the difference must leave 0 out.
 *
 * @returns `null` when there are too few observations on either side to compare.
 */
export function compare(metric: Metric, now: Side, before: Side): Change | null {
  return finished(comparing(metric, now, before));
}

/** The same in pieces: of an organisation's medians it takes a tenth of a second. */
export function* comparing(metric: Metric, now: Side, before: Side): Pieces<Change | null> {
  const found = yield* differing(metric, now, before);
  if (found === null) return null;
  yield;
  return { ...found, p: found.p() };
}

/** A change whose p is computed by whoever needs it: of medians it costs most of a comparison. */
type Difference = Omit<Change, "p"> & { readonly p: () => number };

/** As `compare` says, for whoever compares often and in no family. */
export function difference(metric: Metric, now: Side, before: Side): Difference | null {
  return finished(differing(metric, now, before));
}

function* differing(metric: Metric, now: Side, before: Side): Pieces<Difference | null> {
  switch (metric.statistic) {
    case "count":
      return compareCounts(metric, now, before);
    case "median":
      return yield* compareMedians(metric, now, before);
    case "rate":
      return compareRates(metric, now, before);
  }
}

function compareCounts(metric: Metric, now: Side, before: Side): Difference | null {
  const [a, b] = [sampleOf(now.observations).at.length, sampleOf(before.observations).at.length];
  if (a + b < LEAST_EVENTS || Math.min(now.counts.length, before.counts.length) < LEAST_PERIODS) return null;
  const ratio = rateRatio(a, now.exposure, b, before.exposure);
  if (ratio === null) return null;
  const more = ratio.low > 1;
  const fewer = ratio.high !== null && ratio.high < 1;
  // Only where something moved is it asked how much the periods vary: that costs most of it.
  const p = more || fewer ? mannWhitney(sortedNumbers(now.counts), sortedNumbers(before.counts)) : 1;
  const signal = p < 0.05;
  const { low, high } = ratio;
  const found = verdict(metric, signal, more ? 1 : -1);
  return { change: ratio.ratio, low, high, verdict: found, p: () => (signal ? p : 1), ...ALONE };
}

function* compareMedians(metric: Metric, now: Side, before: Side): Pieces<Difference | null> {
  const [sampleNow, sampleBefore] = [sampleOf(now.observations), sampleOf(before.observations)];
  const soonNow = together(sampleNow, null);
  yield;
  const soonBefore = together(sampleBefore, null);
  yield;
  const found = yield* shifting(soonNow, soonBefore);
  if (found === null) return null;
  yield;
  const endless = endlessFor(sampleNow, sampleBefore);
  const leastRise = endless === null ? found : yield* shifting(soonNow, together(sampleBefore, endless));
  const leastFall = endless === null ? found : yield* shifting(together(sampleNow, endless), soonBefore);
  if (leastRise === null || leastFall === null) return null;
  yield;
  const moved = middle(sampleNow) - middle(sampleBefore);
  const signal = (leastRise.low > 0 && moved > 0) || (leastFall.high < 0 && moved < 0);
  const isUndone = !signal && ((found.low > 0 && moved > 0) || (found.high < 0 && moved < 0));
  return {
    change: found.shift,
    low: found.low,
    high: found.high,
    verdict: verdict(metric, signal, moved),
    p: () => (signal ? medianP(sampleNow, sampleBefore, { endless, isRise: moved > 0, soonNow, soonBefore }) : 1),
    among: null,
    open: isUndone ? tallyOf(sampleNow).open + tallyOf(sampleBefore).open : null,
  };
}

const ALONE = { among: null, open: null } as const;

interface Reading {
  readonly endless: number | null;
  readonly isRise: boolean;
  /** What is open ending at once. */
  readonly soonNow: Float64Array;
  readonly soonBefore: Float64Array;
}

/** The larger p of what is open ending at once or never. */
function medianP(now: Sample, before: Sample, { endless, isRise, soonNow, soonBefore }: Reading): number {
  const soon = mannWhitney(soonNow, soonBefore);
  if (endless === null) return soon;
  const least = isRise
    ? mannWhitney(soonNow, together(before, endless))
    : mannWhitney(together(now, endless), soonBefore);
  return Math.max(soon, least);
}

function compareRates(metric: Metric, now: Side, before: Side): Difference | null {
  const [a, b] = [tallyOf(sampleOf(now.observations)), tallyOf(sampleOf(before.observations))];
  if (Math.min(a.known, b.known) < LEAST_EVENTS) return null;
  const found = rateDifference(a.ones, a.known, b.ones, b.known);
  if (found === null) return null;
  const signal = found.low > 0 || found.high < 0;
  return {
    change: found.difference,
    low: found.low,
    high: found.high,
    verdict: verdict(metric, signal, found.difference),
    p: () => (signal ? scoreP(a.ones, a.known, b.ones, b.known) : 1),
    ...ALONE,
  };
}

/** The score test of two equal shares, k of n and j of m (Fleiss, Levin & Paik 2003, §3.1, without a correction); 1 where all are alike. */
function scoreP(k: number, n: number, j: number, m: number): number {
  const pooled = (k + j) / (n + m);
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m);
  return variance === 0 ? 1 : Math.min(1, 2 * normalTail(Math.abs(k / n - j / m) / Math.sqrt(variance)));
}

function verdict({ better }: Metric, signal: boolean, direction: number): Verdict {
  if (!signal) return "within-variation";
  if (better === "neither") return "different";
  return direction > 0 === (better === "higher") ? "better" : "worse";
}

/**
 * The median of each group of observations that count at the same instant, sorted.
 *
 * @param endless how long what is open is taken to last; `null` takes it to end now.
 */
function together({ at, values, openFor }: Sample, endless: number | null): Float64Array {
  const medians = new Float64Array(at.length);
  const group = new Float64Array(at.length);
  let [groups, size] = [0, 0];
  for (let index = 0; index < at.length; index++) {
    const open = openFor?.[index] ?? Number.NaN;
    const value = Number.isNaN(open) ? (values[index] ?? Number.NaN) : (endless ?? open);
    if (!Number.isNaN(value)) group[size++] = value;
    if (at[index] === at[index + 1] || size === 0) continue;
    medians[groups++] = size === 1 ? (group[0] ?? 0) : (median(group.subarray(0, size).sort()) ?? 0);
    size = 0;
  }
  return medians.subarray(0, groups).sort();
}

/** Longer than anything seen; `null` where nothing is open. */
function endlessFor(...samples: readonly Sample[]): number | null {
  if (!samples.some((sample) => tallyOf(sample).open > 0)) return null;
  let longest = 0;
  for (const { values, openFor } of samples)
    for (const column of [values, openFor ?? []]) for (const length of column) if (length > longest) longest = length;
  return longest + 1;
}

/** The median as it is shown: over all observations, however they arrived; where it is not reached, the longest seen. */
function middle(sample: Sample): number {
  const { known, open } = lengthsOf(sample);
  if (open.length === 0) return median(known) ?? 0;
  const survival = kaplanMeier(known, open);
  return survival === null ? 0 : (survivalQuantile(survival, 0.5) ?? survival.longest);
}
