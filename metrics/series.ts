/** A metric over calendar periods, and the limits of its normal variation. */
import type { Period, Span } from "./grid.ts";
import { BASELINE } from "./grid.ts";
import type { Measure } from "./measure.ts";
import { measure } from "./measure.ts";
import type { Metric, Observation } from "./metric.ts";
import type { Sample } from "./sample.ts";
import { firstFrom, partOf } from "./sample.ts";
import type { Instant, Window } from "./time.ts";
import { median, sortedNumbers } from "./statistics/quantile.ts";
import type { Signal } from "./statistics/xmr.ts";
import { xmr } from "./statistics/xmr.ts";
import { isDuration } from "./words.ts";

export interface Point extends Measure, Pick<Period, "from" | "to" | "label" | "partial"> {}

/**
 * One point for each period of the window that the data reaches; empty ones are points too. Parts add up to the whole:
 * a period that the window or the data cuts counts only what lies inside both.
 *
 * @param sample those outside the window, or dated after the data ends, are left alone.
 */
export function series(metric: Metric, sample: Sample, { periods, out }: Span): readonly Point[] {
  return periods.map((period) =>
    pointOf(measure(metric, partOf(sample, period.observed), period.observed, out), period),
  );
}

/** What was measured of a period. Field by field, since thousands are asked for: copies that more is added to took nine times as long (docs/performance.md). */
export function pointOf(measured: Measure, { from, to, label, partial }: Period): Point {
  const { value, n, open, k, low, high, p75, p85, p95, perWeek, coverage, beyond, caution, reason } = measured;
  return {
    value,
    n,
    open,
    k,
    low,
    high,
    p75,
    p85,
    p95,
    perWeek,
    coverage,
    beyond,
    caution,
    reason,
    from,
    to,
    label,
    partial,
  };
}

/** The observations of a window, from a list ordered by time. */
export function slice(observations: readonly Observation[], window: Window): readonly Observation[] {
  const { from, to } = window;
  const instants = observations.map(({ at }) => at);
  return observations.slice(firstFrom(instants, from), firstFrom(instants, to));
}

/** Limits, and for which points of the window they hold. */
export interface Limits extends Window {
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
  /** How many of the periods before the window the limits were locked from; 0 when they come from the window's own first points. */
  readonly before: number;
  /** How many points in all. */
  readonly baseline: number;
  /** The signals at each point of the window, in their order; nothing for points that are partial or empty. */
  readonly signals: readonly (readonly Signal[])[];
}

/** Fewer points are no baseline (DEFINITIONS §3: 10 to 20). */
export const LEAST = 10;

/** The limits that hold at the end of a window, `null` while there are none, and those that held before the process changed. */
export interface LimitsInTurn {
  readonly now: Limits | null;
  /** In their order. */
  readonly former: readonly Limits[];
}

/**
 * Process behaviour limits for the points of a window, locked from the 20 periods before it where at least 10 of them have
 * values, else from the window's own first 20. Partial and empty points take no part.
 * Medians of durations are judged on a log scale. Where fewer than one event a period is to be expected, of a count or of what
 * a rate counts, there are no limits: every single event would lie outside them.
 * Where somebody said that the process changed, limits start anew (DEFINITIONS §3): neither points before that instant nor the period
 * in which it lies say anything of those after it.
 *
 * @param rebasedAt when the process changed.
 * @returns none where there are fewer than 10 points.
 */
export function limits(
  metric: Metric,
  earlier: readonly Point[],
  points: readonly Point[],
  rebasedAt: readonly Instant[],
): LimitsInTurn {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined) return { now: null, former: [] };
  const whole = { from: first.from, to: last.to };
  const changes = [...new Set(rebasedAt)].filter((at) => at < whole.to).sort((a, b) => a - b);
  const turns = [-Infinity, ...changes]
    .map((from, index) => ({ from, to: changes[index] ?? Infinity }))
    .filter(({ to }) => to > whole.from)
    .map((turn) => limitsOf(metric, earlier, points, { turn, whole }));
  return { now: turns.at(-1) ?? null, former: turns.slice(0, -1).flatMap((one) => one ?? []) };
}

/** Those of one process, between two changes of it. */
function limitsOf(
  metric: Metric,
  earlier: readonly Point[],
  points: readonly Point[],
  { turn, whole }: { readonly turn: Window; readonly whole: Window },
): Limits | null {
  const scale = metric.statistic === "median" && isDuration(metric) ? LOG : LINEAR;
  const usable = ({ from, to, partial, value }: Point) =>
    from >= turn.from && to <= turn.to && !partial && value !== null && scale.accepts(value);
  const before = earlier.filter(usable).slice(-BASELINE);
  const locked = before.length >= LEAST ? before : [];
  const shown = points.filter(usable);
  const baseline = locked.length > 0 ? locked.length : Math.min(BASELINE, shown.length);
  if (baseline < LEAST) return null;
  const chart = xmr(
    [...locked, ...shown].map(({ value }) => scale.to(value ?? 0)),
    baseline,
  );
  if (chart === null || isRare(metric, chart.centre, shown)) return null;
  let next = locked.length;
  return {
    from: Math.max(turn.from, whole.from),
    to: Math.min(turn.to, whole.to),
    centre: scale.from(chart.centre),
    lower: Math.max(0, scale.from(chart.lower)),
    upper: metric.unit === "share" ? Math.min(1, chart.upper) : scale.from(chart.upper),
    before: locked.length,
    baseline,
    signals: points.map((point) => (usable(point) ? (chart.signals[next++] ?? []) : [])),
  };
}

function isRare({ statistic }: Metric, centre: number, shown: readonly Point[]): boolean {
  if (statistic === "median") return false;
  if (statistic === "count") return centre < 1;
  return centre * (median(sortedNumbers(shown.map(({ n }) => n))) ?? 0) < 1;
}

const LINEAR = { accepts: () => true, to: (value: number) => value, from: (value: number) => value };
const LOG = { accepts: (value: number) => value > 0, to: Math.log, from: Math.exp };
