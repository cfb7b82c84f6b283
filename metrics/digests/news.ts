/** What a week brought that was not normal variation: the sentences of a digest. None is written about a week like others. */
import type { Measure } from "../measure.ts";
import type { Metric } from "../metric.ts";
import type { Window } from "../time.ts";
import { amount, isDuration } from "../words.ts";

export interface Week extends Pick<Measure, "value" | "perWeek" | "beyond">, Window {
  /** 2026-W47. */
  readonly label: string;
  readonly partial: boolean;
  /** How it left normal variation, in words; `null` where it did not. */
  readonly signal: string | null;
}

/** A metric week by week, and what is normal for it. */
export interface Charted {
  readonly metric: Metric;
  readonly weeks: readonly Week[];
  readonly limits: { readonly centre: number; readonly lower: number; readonly upper: number } | null;
}

export interface News {
  readonly metric: string;
  readonly words: string;
  /** Of the week, for its rows. */
  readonly window: Window;
}

/** More is not read. */
const MOST = 3;

/**
 * Of the week that ends at `end`, the five metrics of DORA: at most three sentences, in the order of the metrics.
 *
 * A week outside the limits is news; so is the week that completes a run, but not the ones that go on with it.
 *
 * @returns `null` while the week is not known in full; an empty list when nothing left its normal variation.
 */
export function news(charts: readonly Charted[], end: number): readonly News[] | null {
  const delivery = oneClock(charts.filter(({ metric }) => metric.factor !== "context"));
  const known = delivery.filter(({ weeks }) => weeks.some(({ to, partial }) => to === end && !partial));
  if (known.length === 0) return null;
  return known.flatMap((chart) => sentenceOf(chart, end)).slice(0, MOST);
}

function sentenceOf({ metric, weeks, limits }: Charted, end: number): News[] {
  const index = weeks.findIndex(({ to }) => to === end);
  const [week, before] = [weeks[index], weeks[index - 1]];
  if (week === undefined || limits === null || week.signal === null) return [];
  const value = week.value ?? week.beyond ?? limits.centre;
  const isOutside = value > limits.upper || value < limits.lower;
  if (week.signal === before?.signal && !isOutside) return [];
  const words = `${metric.title}: ${amount(metric, week)} in ${week.label}${judged(metric, week, limits.centre)}. It was ${week.signal} (${range(metric, limits)}).`;
  return [{ metric: metric.id, words, window: { from: week.from, to: week.to } }];
}

function judged({ better }: Metric, { value, beyond }: Week, centre: number): string {
  const isMore = (value ?? beyond ?? centre) > centre;
  if (better === "neither") return "";
  return isMore === (better === "higher") ? ", which is better" : ", which is worse";
}

function range(metric: Metric, { lower, upper }: { readonly lower: number; readonly upper: number }): string {
  const text = (value: number) => amount(metric, { value, perWeek: isDuration(metric) ? null : value, beyond: null });
  return `normally ${text(lower)} to ${text(upper)}`;
}

/** One lead time: per change where a host tells of changes, else per commit. The other clocks say nearly the same. */
function oneClock(charts: readonly Charted[]): readonly Charted[] {
  const lead = charts.filter(({ metric: { id } }) => id.startsWith("lead-time-"));
  const told = (id: string) =>
    lead.find(({ metric, weeks }) => metric.id === id && weeks.some(({ value }) => value !== null));
  const one = told("lead-time-change") ?? told("lead-time-commit");
  return charts.filter((chart) => !lead.includes(chart) || chart === one);
}
