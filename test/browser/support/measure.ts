/** One number from observations, with an interval; roughly as the server does it. */
import type { Reply } from "#server/contract.ts";

import type { Metric, Observation } from "./definitions.ts";

export type Measures = Reply<"/api/measures">;
export type Measured = Measures["measures"][number];
export type Measure = Measured["whole"];

const WEEK = 7 * 24 * 3_600_000;
export const NOTHING: Measure = {
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

export interface Span {
  readonly from: number;
  readonly to: number;
}

export function measure(metric: Metric, observations: readonly Observation[], { from, to }: Span): Measure {
  const values = observations.filter(({ at }) => at >= from && at < to).flatMap(({ value }) => value ?? []);
  const n = values.length;
  switch (metric.statistic) {
    case "count": {
      const reach = 1.96 * Math.sqrt(n);
      return {
        ...NOTHING,
        value: n,
        n,
        low: Math.max(0, n - reach),
        high: n + Math.max(3.689, reach),
        perWeek: (n * WEEK) / (to - from),
        coverage: 1,
      };
    }
    case "rate":
      return n === 0 ? none(metric) : { ...NOTHING, ...wilson(sum(values), n), n, k: sum(values), coverage: 1 };
    case "median":
      return n === 0 ? none(metric) : { ...NOTHING, ...middle(values), n, coverage: 1 };
  }
}

export function quantile(values: readonly number[], p: number): number {
  const order = [...values].sort((a, b) => a - b);
  const rank = (order.length - 1) * p;
  const [below = 0, above = below] = order.slice(Math.floor(rank), Math.floor(rank) + 2);
  return below + (above - below) * (rank - Math.floor(rank));
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function none({ counts }: Metric): Measure {
  return {
    ...NOTHING,
    reason: `No ${counts} in this window has a value. Choose a longer window, or see what counts under “How this is calculated”.`,
  };
}

function middle(values: readonly number[]): Pick<Measure, "value" | "low" | "high" | "p75" | "p85" | "p95"> {
  const reach = 1 / Math.sqrt(values.length);
  return {
    value: quantile(values, 0.5),
    low: values.length < 6 ? null : quantile(values, Math.max(0, 0.5 - reach)),
    high: values.length < 6 ? null : quantile(values, Math.min(1, 0.5 + reach)),
    p75: quantile(values, 0.75),
    p85: quantile(values, 0.85),
    p95: values.length < 20 ? null : quantile(values, 0.95),
  };
}

function wilson(k: number, n: number): Pick<Measure, "value" | "low" | "high"> {
  const z = 1.96;
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { value: p, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
