/** Whether a service is predictable: no unfavourable signal outside its limits in the last weeks, on a log scale. */
import { sum } from "../statistics/sum.ts";
import type { Window } from "../time.ts";
import { counted } from "../words.ts";
import { studentQuantile } from "./student.ts";

/** One number a week of a metric, such as the median lead time in hours. */
export interface WeeklyNumber extends Window {
  /** Above 0; `null` where nothing happened. */
  readonly value: number | null;
  /** How many changes, incidents, … it is the number of. */
  readonly n: number;
}

export interface WeeklySeries {
  readonly metric: string;
  readonly title: string;
  readonly better: "lower" | "higher";
  /** In order. */
  readonly weeks: readonly WeeklyNumber[];
}

export interface CalmTerms {
  /** The last weeks, which are judged. */
  readonly weeks: number;
  /** The weeks before them that limits rest on: at least so many with a number, at most so many back. */
  readonly leastBaseline: number;
  readonly mostBaseline: number;
  /** A service that stays as it is has a signal in any of its series at most so often. */
  readonly alpha: number;
  /** What is shorter than this counts as long, in the unit of the values, since a log has no zero. */
  readonly floor: number;
}

export const CALM: CalmTerms = { weeks: 8, leastBaseline: 12, mostBaseline: 26, alpha: 0.01, floor: 1 / 60 };

export interface CalmSignal extends Window {
  readonly metric: string;
  readonly value: number;
  /** The limit that it is outside of, in the unit of the value. */
  readonly limit: number;
}

export interface Calm {
  /** `null`: no series has a past that is long enough. */
  readonly isCalm: boolean | null;
  readonly signals: readonly CalmSignal[];
  readonly words: string;
}

/**
 * Limits from the weeks before the last eight, on the unfavourable side, for the logs of the values. A process behaviour chart's three sigma are not enough here: eight
 * points against limits that rest on some twenty are outside by chance far too often. So the limit is that of the next value of a normal sample
 * (mean + t · s · √(1 + 1/n)), with the chance of all points of all series together held at `alpha` (Bonferroni). A week of few changes scatters more than one of many: a
 * point must be outside both where all weeks vary alike and where their variance falls with their size, since nobody knows how much weeks have in common.
 */
export function calm(series: readonly WeeklySeries[], terms: CalmTerms = CALM): Calm {
  const judged = series.flatMap((one) => limitOf(one, series.length, terms) ?? []);
  if (judged.length === 0) {
    const words = `It takes ${counted(terms.leastBaseline, "week")} with a number before the last ${terms.weeks} to say what is usual.`;
    return { isCalm: null, signals: [], words };
  }
  const signals = judged.flatMap((one) => outside(one, terms));
  return { isCalm: signals.length === 0, signals, words: calmWords(signals, series, terms) };
}

interface Judged {
  readonly one: WeeklySeries;
  /** Of a week of so many, on the log scale and turned so that higher is worse. */
  readonly limit: (n: number) => number;
}

/** The log of a week's value, turned so that higher is worse. */
interface Point {
  readonly log: number;
  readonly n: number;
}

function limitOf(one: WeeklySeries, count: number, terms: CalmTerms): readonly Judged[] | null {
  const { weeks, leastBaseline, mostBaseline, alpha } = terms;
  const past = points(one, one.weeks.slice(0, -weeks), terms).slice(-mostBaseline);
  if (past.length < leastBaseline) return null;
  const t = studentQuantile(alpha / (weeks * count), past.length - 1);
  const [alike, bySize] = [limitBy(past, t, () => 1), limitBy(past, t, (n) => n)];
  return [{ one, limit: (n) => Math.max(alike(n), bySize(n)) }];
}

/** The limit of the next value where the variance of a week is in inverse proportion to its weight. */
function limitBy(past: readonly Point[], t: number, weight: (n: number) => number): (n: number) => number {
  const logs = past.map(({ log }) => log);
  const [first = 0] = logs;
  const weights = past.map(({ n }) => weight(n));
  const total = sum(weights);
  // From the first value on, so that values that are all equal have exactly their mean.
  const centre = first + sum(logs.map((log, index) => (log - first) * (weights[index] ?? 0))) / total;
  const squares = sum(logs.map((log, index) => (weights[index] ?? 0) * (log - centre) ** 2));
  const sigma = Math.sqrt(squares / (past.length - 1));
  return (n) => centre + t * sigma * Math.sqrt(1 / weight(n) + 1 / total);
}

function points({ better }: WeeklySeries, weeks: readonly WeeklyNumber[], { floor }: CalmTerms): readonly Point[] {
  const sign = better === "lower" ? 1 : -1;
  return weeks.flatMap(({ value, n }) =>
    value === null || n === 0 ? [] : [{ log: sign * Math.log(Math.max(value, floor)), n }],
  );
}

function outside({ one, limit }: Judged, terms: CalmTerms): readonly CalmSignal[] {
  return one.weeks.slice(-terms.weeks).flatMap((week): CalmSignal[] => {
    const [point] = points(one, [week], terms);
    if (week.value === null || point === undefined || point.log <= limit(week.n) + ROUNDING) return [];
    const shown = Math.exp(one.better === "lower" ? limit(week.n) : -limit(week.n));
    return [{ metric: one.metric, from: week.from, to: week.to, value: week.value, limit: shown }];
  });
}

/** Values that are all equal have limits at themselves. */
const ROUNDING = 1e-9;

function calmWords(signals: readonly CalmSignal[], series: readonly WeeklySeries[], { weeks }: CalmTerms): string {
  if (signals.length === 0) return `Nothing unfavourable was outside its limits in the last ${counted(weeks, "week")}.`;
  const titles = series.filter(({ metric }) => signals.some((one) => one.metric === metric)).map(({ title }) => title);
  return `${counted(signals.length, "signal")} outside the limits in the last ${counted(weeks, "week")}: ${titles.join(", ")}.`;
}
