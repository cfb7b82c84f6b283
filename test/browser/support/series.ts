/** A metric over a window: whole, comparison, limits and series, in the contract's shape. */
import type { Metric, Observation } from "./definitions.ts";
import { type Facts, NOW } from "./facts.ts";
import { type Measure, measure, type Measured, type Measures, type Span, sum } from "./measure.ts";

type Point = Measured["series"][number];

const DAY = 24 * 3_600_000;

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function observations(metric: Metric, { commits, deployments }: Facts, service: string | null): Observation[] {
  const inScope = (fact: { service: string }): boolean => service === null || fact.service === service;
  const found =
    metric.of === "commit"
      ? commits.filter(inScope).map(metric.observe)
      : deployments.filter(inScope).map(metric.observe);
  return found.filter((each) => each !== null);
}

export function measured(
  metric: Metric,
  facts: Facts,
  service: string | null,
  span: Span,
  interval: Measures["interval"],
): Measured {
  const seen = observations(metric, facts, service);
  const whole = measure(metric, seen, span);
  const plain = periods(span, interval).map((period) => ({
    ...period,
    ...measure(metric, seen, { from: Date.parse(period.from), to: Date.parse(period.to) }),
  }));
  const limits = limitsOf(plain);
  const series = plain.map((point) => ({ ...point, signal: signalOf(point, limits) }));
  const before = { from: span.from - (span.to - span.from), to: span.from };
  return {
    metric: metric.id,
    whole,
    previous: compare(metric, whole, measure(metric, seen, before), before),
    baseline: null,
    limits,
    trend: null,
    between: null,
    formerLimits: [],
    rebased: null,
    details: detailsOf(metric, whole),
    series,
  };
}

export function compare(metric: Metric, now: Measure, then: Measure, { from, to }: Span): Measured["previous"] {
  const window = { from: iso(from), to: iso(to) };
  const basic = { window, measure: then, low: null, high: null };
  if (now.value === null || then.value === null || Math.min(now.n, then.n) < 6)
    return { ...basic, change: null, verdict: "too-few", words: "Too few to compare with the window before." };
  const apart = (now.low ?? 0) > (then.high ?? 0) || (now.high ?? 0) < (then.low ?? 0);
  const change = now.value - then.value;
  const verb = change > 0 ? "Up" : "Down";
  if (!apart)
    return {
      ...basic,
      change,
      verdict: "within-variation",
      words: `${verb} from the window before; within normal variation.`,
    };
  const isBetter = change > 0 === (metric.better === "higher");
  const verdict = metric.better === "neither" ? "different" : isBetter ? "better" : "worse";
  return { ...basic, change, verdict, words: `${verb} from the window before; outside normal variation.` };
}

function periods(span: Span, interval: Measures["interval"]) {
  const found = [];
  for (let from = start(span.from, interval); from < span.to;) {
    const to = next(from, interval);
    found.push({
      from: iso(from),
      to: iso(to),
      label: label(from, interval),
      partial: from < span.from || to > span.to,
      signal: null,
    });
    from = to;
  }
  return found;
}

function start(at: number, interval: Measures["interval"]): number {
  const day = new Date(at);
  day.setUTCHours(0, 0, 0, 0);
  if (interval === "month") day.setUTCDate(1);
  if (interval === "week") day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.getTime();
}

function next(from: number, interval: Measures["interval"]): number {
  const day = new Date(from);
  return interval === "month" ? day.setUTCMonth(day.getUTCMonth() + 1) : from + (interval === "week" ? 7 : 1) * DAY;
}

function label(from: number, interval: Measures["interval"]): string {
  const day = iso(from).slice(0, 10);
  if (interval === "day") return day;
  if (interval === "month") return day.slice(0, 7);
  const thursday = new Date(from + 3 * DAY);
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY));
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

function limitsOf(points: readonly Point[]): Measured["limits"] {
  const values = points.filter(({ partial }) => !partial).flatMap(({ value }) => value ?? []);
  const baseline = values.slice(0, 20);
  if (baseline.length < 10) return null;
  const centre = sum(baseline) / baseline.length;
  const moves = baseline.slice(1).map((value, index) => Math.abs(value - (baseline[index] ?? value)));
  const reach = (2.66 * sum(moves)) / moves.length;
  return {
    from: points[0]?.from ?? "",
    to: points.at(-1)?.to ?? "",
    centre,
    lower: Math.max(0, centre - reach),
    upper: centre + reach,
    baseline: `the first ${baseline.length} whole periods`,
  };
}

function signalOf(
  { value, partial }: { value: number | null; partial: boolean },
  limits: Measured["limits"],
): string | null {
  if (value === null || limits === null || partial) return null;
  if (value > limits.upper) return "above the upper limit of normal variation";
  return value < limits.lower ? "below the lower limit of normal variation" : null;
}

function detailsOf(metric: Metric, whole: Measure): Measured["details"] {
  if (metric.id !== "deployment-frequency" || whole.n === 0) return [];
  return [
    { label: "Distinct days", value: String(Math.round(whole.n * 0.8)) },
    { label: "Since the last one", value: `${Math.round((NOW % DAY) / 3_600_000)}\u00a0h` },
  ];
}
