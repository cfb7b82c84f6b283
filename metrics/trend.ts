/** Whether a series rises or falls, and whether its level changed once: in words. */
import type { Metric } from "./metric.ts";
import type { Limits, Point } from "./series.ts";
import { mannKendall } from "./statistics/mann-kendall.ts";
import { meanShift } from "./statistics/mean-shift.ts";
import { theilSen } from "./statistics/theil-sen.ts";
import { amount, isDuration } from "./words.ts";

export interface Trend {
  /** The usual change from one period to the next, in the metric's unit (Theil–Sen), with its 95 % interval. */
  readonly slope: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided (Mann–Kendall). */
  readonly p: number;
  /** The period in which a level began that lasts, and the levels before and after; `null` where no one change explains the series. */
  readonly shift: {
    readonly label: string;
    readonly before: number;
    readonly after: number;
    readonly p: number;
  } | null;
  readonly words: string;
}

/** Fewer points are no trend, only noise that happens to have an order. */
const LEAST = 8;
/** Beyond so many points every pair of them would take too long, and a longer interval says the same. */
const MOST = 120;
const LEVEL = 0.05;

/**
 * Of the complete periods with a value; partial ones are not comparable. A change of level is looked for only where a point left its
 * limits, and told before a trend, since a step is a trend too; durations on a log scale, as their limits.
 *
 * @returns `null` with fewer than 8 such periods, or more than 120.
 */
export function trend(metric: Metric, points: readonly Point[], limits: Limits | null, interval: string): Trend | null {
  const values = points.map(({ partial, value }) => (partial ? null : value));
  const known = points.filter(({ partial, value }) => !partial && value !== null);
  if (known.length < LEAST || known.length > MOST) return null;
  const [test, line] = [mannKendall(values), theilSen(values)];
  if (test === null || line === null) return null;
  const hasSignal = limits?.signals.some((signals) => signals.length > 0) === true;
  const shift = hasSignal ? shiftOf(metric, known) : null;
  const { slope, low, high } = line;
  return {
    slope,
    low,
    high,
    p: test.p,
    shift,
    words: words(metric, { slope, p: test.p, shift }, known.length, interval),
  };
}

function shiftOf(metric: Metric, known: readonly Point[]): Trend["shift"] {
  const values = known.map(({ value }) => value ?? 0);
  const isLogarithmic = metric.statistic === "median" && isDuration(metric) && values.every((value) => value > 0);
  const found = meanShift(isLogarithmic ? values.map(Math.log) : values);
  const first = known[found?.index ?? known.length];
  if (found === null || first === undefined || found.p >= LEVEL) return null;
  const back = isLogarithmic ? Math.exp : (value: number) => value;
  return { label: first.label, before: back(found.before), after: back(found.after), p: found.p };
}

function words(
  metric: Metric,
  { slope, p, shift }: Pick<Trend, "slope" | "p" | "shift">,
  periods: number,
  interval: string,
): string {
  if (shift !== null)
    return `The level changed once, from ${level(metric, shift.before)} to ${level(metric, shift.after)} from ${shift.label} on.`;
  const over = `over ${periods} ${interval}s with values`;
  if (p >= LEVEL || slope === 0) return `No steady rise or fall ${over}.`;
  return `${slope > 0 ? "Rises" : "Falls"} by about ${level(metric, Math.abs(slope))} each ${interval}, ${over}.`;
}

/** Of a count per period, which need not be whole; of the others as everywhere. */
function level(metric: Metric, value: number): string {
  return metric.statistic === "count" ? two.format(value) : amount(metric, { value, perWeek: null, beyond: null });
}

const two = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
