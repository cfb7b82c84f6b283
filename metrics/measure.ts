/** From observations to the one number of a metric, with what it takes to trust it. */
import { caution, missing } from "./caution.ts";
import type { Metric } from "./metric.ts";
import type { Lengths, Observations, Sample, Tally } from "./sample.ts";
import { lengthsOf, sampleOf, tallyOf } from "./sample.ts";
import { lengthWithout } from "./spans.ts";
import { kaplanMeier } from "./statistics/kaplan-meier.ts";
import { medianInterval, medianIntervalPositions } from "./statistics/median-interval.ts";
import { poissonInterval } from "./statistics/poisson.ts";
import { median, positionsOfQuantile, quantile } from "./statistics/quantile.ts";
import { survivalMedianInterval } from "./statistics/survival-median-interval.ts";
import { survivalQuantile } from "./statistics/survival-quantile.ts";
import { wilson } from "./statistics/wilson.ts";
import type { Window } from "./time.ts";
import { WEEK } from "./time.ts";
import { lengthIn, outOf } from "./words.ts";
import { byNumber } from "./plurals.ts";

export interface Measure {
  /** A count, a median in the metric's unit, or a share from 0 to 1; `null` when there is nothing to measure. */
  readonly value: number | null;
  /** How many observations with a known value it was computed from. */
  readonly n: number;
  /** How many more are not over, or were given up, and count as lasting at least so long. */
  readonly open: number;
  /** Of a rate: how many of the n. */
  readonly k: number | null;
  /** 95 % interval: exact Poisson for counts, order statistics for medians (from n = 6; log-log where some are open), Wilson for rates. */
  readonly low: number | null;
  readonly high: number | null;
  readonly p75: number | null;
  readonly p85: number | null;
  /** Only from n = 20. */
  readonly p95: number | null;
  /** Of a count: per seven days of the observed part of the window, without what was left out; `null` while that is shorter than a week. */
  readonly perWeek: number | null;
  /** Share of the observations whose value is known; `null` when there are none. */
  readonly coverage: number | null;
  /** Of a median that is not reached, since too much is open: it is longer than this. */
  readonly beyond: number | null;
  /** Why the value is to be taken with care, since too little is known of what belongs to it, and what to do. */
  readonly caution: string | null;
  /** Why there is no value. */
  readonly reason: string | null;
}

const LEAST_FOR_INTERVAL = 6;
const LEAST_FOR_P95 = 20;

const NOTHING: Measure = {
  value: null,
  n: 0,
  open: 0,
  k: null,
  low: null,
  high: null,
  p75: null,
  p85: null,
  p95: null,
  perWeek: null,
  coverage: null,
  beyond: null,
  caution: null,
  reason: null,
};

/**
 * @param observations those of the window, and no others.
 * @param observed the part of the window in which something could have been seen: from the first fact on, and not after the data
 * ends. `null` when there is no such part, and then a count is unknown, not zero.
 * @param out the time that was left out of it; where that is all of it, a count is unknown too.
 */
export function measure(
  metric: Metric,
  observations: Observations,
  observed: Window | null,
  out: readonly Window[] = [],
): Measure {
  const span = observed === null ? null : lengthWithout(observed, out);
  if (span === 0 && out.length > 0) return { ...NOTHING, reason: LEFT_OUT };
  const sample = sampleOf(observations);
  const tally = tallyOf(sample);
  return covered(metric, ofStatistic(metric, sample, tally, span), tally, sample.at.length);
}

/**
 * The same of a median whose values are sorted already, as far as {@link positionsRead} says.
 *
 * @param total how many there are of unknown value as well.
 */
export function measureLengths(
  metric: Metric,
  { known, open }: Lengths,
  total: number,
  observed: Window,
  out: readonly Window[] = [],
): Measure {
  if (out.length > 0 && lengthWithout(observed, out) === 0) return { ...NOTHING, reason: LEFT_OUT };
  const tally = { known: known.length, open: open.length };
  return covered(metric, ofLengths(metric, { known, open }, total), tally, total);
}

function covered(metric: Metric, found: Measure, { known, open }: Omit<Tally, "ones">, total: number): Measure {
  const coverage = total === 0 ? null : (known + open) / total;
  return { ...found, coverage, caution: found.value === null ? null : caution(metric, coverage, total) };
}

function ofStatistic(metric: Metric, sample: Sample, tally: Tally, span: number | null): Measure {
  switch (metric.statistic) {
    case "count":
      return ofCount(metric, tally.known, span);
    case "median":
      return ofLengths(metric, lengthsOf(sample), sample.at.length);
    case "rate":
      return ofRate(metric, tally, sample.at.length);
  }
}

function ofLengths(metric: Metric, { known, open }: Lengths, total: number): Measure {
  return open.length > 0 ? ofSurvival(metric, known, open) : ofMedian(metric, known, total);
}

const LEFT_OUT = "All days of this period were left out by somebody: the journal says by whom and why.";

function ofCount(metric: Metric, count: number, span: number | null): Measure {
  if (span === null)
    return {
      ...NOTHING,
      reason: `The data does not reach into this window: the first ${metric.counts} came later, or none is known.`,
    };
  const { low, high } = poissonInterval(count);
  // Of less than a week a weekly rate would be a guess: two hours of work are not 84 times as much a week.
  const perWeek = span < WEEK ? null : (count * WEEK) / span;
  return { ...NOTHING, value: count, n: count, low, high, perWeek };
}

function ofMedian(metric: Metric, sorted: Float64Array, total: number): Measure {
  if (sorted.length === 0) return { ...NOTHING, reason: missing(metric, total) };
  const interval = medianInterval(sorted);
  return {
    ...NOTHING,
    value: median(sorted),
    n: sorted.length,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    p75: quantile(sorted, 0.75),
    p85: quantile(sorted, 0.85),
    p95: sorted.length < LEAST_FOR_P95 ? null : quantile(sorted, 0.95),
  };
}

/** Which of `n` sorted values the measure of a median looks at, in order; nothing else of them needs to be in its place. */
export function positionsRead(n: number): readonly number[] {
  if (n >= MOST_KEPT) return positionsOf(n);
  const found = (positions[n] ??= positionsOf(n));
  return found;
}

/** Many periods have as many values as others. */
const positions: (readonly number[])[] = [];
const MOST_KEPT = 10_000;

function positionsOf(n: number): readonly number[] {
  if (n === 0) return [];
  const quantiles = [0.5, 0.75, 0.85, 0.95].flatMap((p) => positionsOfQuantile(n, p));
  return [...new Set([...quantiles, ...medianIntervalPositions(n)])].sort((a, b) => a - b);
}

/** Kaplan–Meier: to drop what is open would make the slow ones look fast. */
function ofSurvival(metric: Metric, known: Float64Array, open: Float64Array): Measure {
  const survival = kaplanMeier(known, open);
  if (survival === null) return NOTHING;
  const all = known.length + open.length;
  const value = survivalQuantile(survival, 0.5);
  const interval = all < LEAST_FOR_INTERVAL ? null : survivalMedianInterval(survival);
  return {
    ...NOTHING,
    value,
    n: known.length,
    open: open.length,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    p75: survivalQuantile(survival, 0.75),
    p85: survivalQuantile(survival, 0.85),
    p95: all < LEAST_FOR_P95 ? null : survivalQuantile(survival, 0.95),
    beyond: value === null ? survival.longest : null,
    reason: value === null ? unreached(metric, all, open.length, survival.longest) : null,
  };
}

function unreached(metric: Metric, all: number, open: number, longest: number): string {
  const { counts } = metric;
  const so = lengthIn(metric, longest);
  return `${outOf(open, all, counts)} ${byNumber(open, "has", "have")} no known end, so nobody knows the median yet: it is longer than ${so}.`;
}

function ofRate(metric: Metric, { known, ones: k }: Tally, total: number): Measure {
  const interval = wilson(k, known);
  if (interval === null) return { ...NOTHING, reason: missing(metric, total) };
  return { ...NOTHING, value: k / known, n: known, k, low: interval.low, high: interval.high };
}
