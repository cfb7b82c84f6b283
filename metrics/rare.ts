/** The time between events that are too rare to count by the week. */
import type { Metric } from "./metric.ts";
import type { Observations } from "./sample.ts";
import { sampleOf, tallyOf } from "./sample.ts";
import { rareEvents } from "./statistics/rare-events.ts";
import type { Signal } from "./statistics/xmr.ts";
import type { Instant, Window } from "./time.ts";
import { DAY, WEEK } from "./time.ts";
import { counted, duration } from "./words.ts";

export interface Gap {
  /** When the event happened that ended it. */
  readonly at: Instant;
  readonly days: number;
  readonly signals: readonly Signal[];
}

export interface Between {
  readonly gaps: readonly Gap[];
  /** Days. */
  readonly centre: number;
  /** `null` where no gap is so short that it says something. */
  readonly lower: number | null;
  readonly upper: number;
  /** Days from the last event to where the facts end: that gap is not over. */
  readonly since: number;
  readonly words: string;
}

/** Limits are locked from at most so many gaps (DEFINITIONS §3). */
const BASELINE = 20;

/**
 * Of a count its events, of a rate those that it counts. The limits rest on the first 20 gaps of the window.
 *
 * @param observations those of the observed part of a window, ordered by time.
 * @returns `null` where there is more than one event a week, of medians, and until the sixth event.
 */
export function between(metric: Metric, observations: Observations, observed: Window | null): Between | null {
  if (metric.statistic === "median" || observed === null) return null;
  const sample = sampleOf(observations);
  if (tallyOf(sample).ones * WEEK >= observed.to - observed.from) return null;
  const events = [...sample.at].filter((_, index) => sample.values[index] === 1);
  const days = events.slice(1).map((at, index) => (at - (events[index] ?? at)) / DAY);
  const chart = rareEvents(days, Math.min(BASELINE, days.length));
  const last = events.at(-1);
  if (chart === null || last === undefined) return null;
  const { centre, lower, upper, signals } = chart;
  const gaps = days.map((length, index) => ({
    at: events[index + 1] ?? last,
    days: length,
    signals: signals[index] ?? [],
  }));
  const since = (observed.to - last) / DAY;
  return { gaps, centre, lower, upper, since, words: words({ gaps, centre, lower, upper, since }) };
}

function words({ gaps, centre, lower, upper, since }: Omit<Between, "words">): string {
  const length = (days: number) => duration(days * 24);
  const normal = lower === null ? `up to ${length(upper)}` : `${length(lower)} to ${length(upper)}`;
  const out = gaps.filter(({ signals }) => signals.length > 0).length;
  const seen =
    out === 0 ? "nothing left its normal variation" : `${counted(out, "signal")} in ${counted(gaps.length, "gap")}`;
  const now = since > upper ? ", longer than is normal" : "";
  return `Fewer than one a week, so the time between them is looked at: usually ${length(centre)}, ${normal} is normal; ${seen}. ${length(since)} since the last${now}.`;
}
