/** What is said of a baseline, and of a comparison with it. */
import type { Change } from "../compare.ts";
import type { Measure } from "../measure.ts";
import type { Metric } from "../metric.ts";
import { intervalWords, quantity, sampleWords } from "../sample-words.ts";
import type { Window } from "../time.ts";
import { DAY, WEEK } from "../time.ts";
import type { Earlier } from "../words.ts";
import { amount, comparisonWords, counted, spanWords } from "../words.ts";
import type { Baseline, FrozenMetric } from "./baseline.ts";

/** Shorter ones are compared with all the same: a weak baseline weakens what is said, and forbids nothing. */
export const LEAST_WEEKS = 12;

export const IN_THE_BASELINE: Earlier = { when: "in the baseline", there: "in the baseline" };

/** Signal or noise, in one sentence with how much. */
export function baselineWords(metric: Metric, now: Measure, then: Measure, change: Change | null): string {
  const said = comparisonWords(metric, now, then, change, IN_THE_BASELINE);
  if (change === null || change.change === null || change.low === null) return said;
  return `${said.replace(/\.$/, "")}; ${changeWords(metric, change, change.change, change.low)}.`;
}

/** By how much, between what: a ratio of counts, else a difference. */
function changeWords(metric: Metric, { high }: Change, change: number, low: number): string {
  if (metric.statistic === "count") {
    const end = high === null ? "any" : two(high);
    return `${two(change)} times as many a week (95 % interval ${two(low)} to ${end})`;
  }
  // Of a median it is the Hodges–Lehmann difference, which is not that of the two medians.
  const what = metric.statistic === "median" ? "the median of all differences is" : "changed by";
  return `${what} ${signed(metric, change)} (95 % interval ${signed(metric, low)} to ${high === null ? "any" : signed(metric, high)})`;
}

const two = (value: number): string => new Intl.NumberFormat("en", { maximumSignificantDigits: 2 }).format(value);

/** A difference of shares is in points: per cent of per cent would be something else. */
function signed(metric: Metric, value: number): string {
  const size = quantity(metric, Math.abs(value));
  const sign = value < 0 ? "−" : "+";
  return `${value === 0 ? "" : sign}${metric.unit === "share" ? size.replace(" %", " points") : size}`;
}

/** `22 h (n 140, 95 % interval 18–26 h)`. */
export function measureWords(metric: Metric, measure: Measure): string {
  const value = amount(metric, measure);
  if (value === "—") return measure.reason ?? "Nothing to measure.";
  const interval = intervalWords(metric, measure);
  const open = measure.open === 0 ? [] : [`${measure.open} not over`];
  return `${value} (${[`n ${sampleWords(metric, measure)}`, ...open, ...(interval === "" ? [] : [`95 % interval ${interval}`])].join(", ")})`;
}

/** What weakens a baseline, each a sentence. */
export function weaknesses({ window, metrics, dataUntil }: Baseline): readonly string[] {
  const weeks = (window.to - window.from) / WEEK;
  const cautious = metrics.filter(({ measure }) => measure.caution !== null);
  return [
    ...(weeks < LEAST_WEEKS
      ? [
          `It covers ${spanWords(window)}: savings want at least ${LEAST_WEEKS} weeks, better 26, before anything was changed.`,
        ]
      : []),
    ...(dataUntil < window.to ? ["The data ended before its window did."] : []),
    ...(cautious.length === 0
      ? []
      : [
          `Too little was known of ${cautious.map(({ title }) => title.toLowerCase()).join(", ")}: see their coverage.`,
        ]),
  ];
}

/** What a window and the baseline share is the same in both. */
export function overlapWords(baseline: Window, now: Window): string | null {
  const shared = Math.min(baseline.to, now.to) - Math.max(baseline.from, now.from);
  if (shared <= 0) return null;
  const days = counted(Math.max(1, Math.round(shared / DAY)), "day");
  return `${days} belong to this window and to the baseline alike, so a change looks smaller than it is: choose a window that begins after the baseline.`;
}

export interface Drifted {
  readonly metric: Metric;
  readonly frozen: FrozenMetric;
  readonly today: FrozenMetric;
}

const MOST_NAMED = 3;

/** That the facts of a frozen window are others now; `null` where they are not. */
export function driftWords(drifted: readonly Drifted[]): string | null {
  if (drifted.length === 0) return null;
  const named = drifted.slice(0, MOST_NAMED).map(({ metric, frozen, today }) => {
    const [before, now] = [measureWords(metric, frozen.measure), measureWords(metric, today.measure)];
    return before === now
      ? `${metric.title} (some values of it)`
      : `${metric.title}: ${before} as frozen, ${now} as it reads today`;
  });
  const more = drifted.length - named.length;
  return `Facts of its window have changed since it was frozen, by late events, exclusions, ownership or rules. ${named.join("; ")}${more > 0 ? `; and ${counted(more, "more metric")}` : ""}. The baseline stays as it was frozen.`;
}
