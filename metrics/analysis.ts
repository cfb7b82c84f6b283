/** Everything that is said about one metric in one window: the number, its series, its limits, and the window before it. */
import type { Change, Side } from "./compare.ts";
import { comparing } from "./compare.ts";
import type { Grid, Span } from "./grid.ts";
import type { Measure } from "./measure.ts";
import { measure, measureLengths } from "./measure.ts";
import type { Metric } from "./metric.ts";
import type { Pieces } from "./pieces.ts";
import { finished } from "./pieces.ts";
import type { PooledSpan } from "./pool.ts";
import type { Between } from "./rare.ts";
import { between } from "./rare.ts";
import type { Observations, Sample } from "./sample.ts";
import { partOf, sampleOf } from "./sample.ts";
import type { Limits, Point } from "./series.ts";
import { limits, pointOf, series } from "./series.ts";
import { lengthWithout } from "./spans.ts";
import type { Instant, Window } from "./time.ts";
import type { Trend } from "./trend.ts";
import { trend } from "./trend.ts";

export interface Analysis {
  readonly whole: Measure;
  /** The window of the same length just before; `null` when the data does not reach into it. */
  readonly previous: { readonly window: Window; readonly measure: Measure; readonly change: Change | null } | null;
  readonly points: readonly Point[];
  /** Those that hold at the end of the window. */
  readonly limits: Limits | null;
  /** `null` where there are too few points to have one. */
  readonly trend: Trend | null;
  /** Of what is too rare for limits by the period; `null` otherwise. */
  readonly between: Between | null;
  /** Those that held before the process changed, in their order. */
  readonly formerLimits: readonly Limits[];
}

/** The number and the window before it, without its series. */
export type Compared = Pick<Analysis, "whole" | "previous">;

/** The same as `analyse` says of them. @param observations reaching over both windows. */
export function compared(metric: Metric, observations: Observations, whole: Grid): Compared {
  return finished(comparedInPieces(metric, observations, whole));
}

function* comparedInPieces(metric: Metric, observations: Observations, { now, before }: Grid): Pieces<Compared> {
  const sample = sampleOf(observations);
  const [sideNow, sideBefore] = [sideOf(sample, now), sideOf(sample, before)];
  const whole = measure(metric, sideNow?.observations ?? [], now.observed, now.out);
  yield;
  if (sideNow === null || sideBefore === null) return { whole, previous: null };
  const found = measure(metric, sideBefore.observations, before.observed, before.out);
  yield;
  const change = yield* comparing(metric, sideNow, sideBefore);
  return { whole, previous: { window: before.window, measure: found, change } };
}

/** The number and its series alone: nothing is compared, and nothing is said of what is normal. */
export function measured(metric: Metric, observations: Observations, { now }: Grid): Analysis {
  const sample = sampleOf(observations);
  const seen = now.observed === null ? [] : partOf(sample, now.observed);
  return { ...ALONE, whole: measure(metric, seen, now.observed, now.out), points: series(metric, sample, now) };
}

/** The same of a median whose values are sorted already, for the window and each of its periods. */
export function measuredPool(metric: Metric, { whole, periods }: PooledSpan, { now }: Grid): Analysis {
  const { out, observed } = now;
  const points: Point[] = [];
  for (const [index, pooled] of periods.entries()) {
    const period = now.periods[index];
    if (period === undefined) continue;
    points.push(pointOf(measureLengths(metric, pooled.lengths, pooled.total, period.observed, out), period));
  }
  return { ...ALONE, whole: measureLengths(metric, whole.lengths, whole.total, observed ?? now.window, out), points };
}

const ALONE = { previous: null, limits: null, formerLimits: [], trend: null, between: null } as const;

/**
 * @param observations reaching over the whole horizon of the grid.
 * @param rebasedAt when somebody says that the process changed, so that limits start anew.
 */
export function analyse(
  metric: Metric,
  observations: Observations,
  whole: Grid,
  rebasedAt: readonly Instant[] = [],
): Analysis {
  return finished(analysing(metric, observations, whole, rebasedAt));
}

/** The same in pieces. */
export function* analysing(
  metric: Metric,
  observations: Observations,
  whole: Grid,
  rebasedAt: readonly Instant[] = [],
): Pieces<Analysis> {
  const { now, baseline, interval } = whole;
  const sample = sampleOf(observations);
  const points = series(metric, sample, now);
  yield;
  const found = limits(metric, series(metric, sample, baseline), points, rebasedAt);
  yield;
  const both = yield* comparedInPieces(metric, sample, whole);
  yield;
  return {
    ...both,
    points,
    limits: found.now,
    formerLimits: found.former,
    trend: trend(metric, points, found.now, interval),
    between: between(metric, now.observed === null ? [] : partOf(sample, now.observed), now.observed),
  };
}

/** What a comparison looks at; `null` where nothing could have been seen. */
export function sideOf(sample: Sample, { observed, periods, out }: Span): Side | null {
  const exposure = observed === null ? 0 : lengthWithout(observed, out);
  if (observed === null || exposure === 0) return null;
  return {
    observations: partOf(sample, observed),
    exposure,
    counts: periods.filter(({ partial }) => !partial).map((period) => partOf(sample, period).at.length),
  };
}
