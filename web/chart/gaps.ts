/** The time between events that are too rare to count by the week, as a picture and as lines of its table. */
import { decimal, duration, moment, tick } from "../format.ts";
import type { Measured } from "../types.ts";
import type { Picture } from "./picture.ts";

type Between = NonNullable<Measured["between"]>;

export interface GapLine {
  /** The event that ended it; `null` of the time since the last, which is not over. */
  readonly at: string | null;
  readonly days: number;
  readonly words: string;
  readonly signal: string | null;
}

/** In the order of time; the last is not over. */
export function gapLines({ gaps, since }: Between, zone: string): readonly GapLine[] {
  return [
    ...gaps.map(({ at, days, signal }) => ({ at, days, words: moment(at, zone), signal })),
    { at: null, days: since, words: "since the last", signal: null },
  ];
}

export function gapsPicture(between: Between, title: string, zone: string): Picture {
  const lines = gapLines(between, zone);
  return {
    title,
    shape: "line",
    axis: {
      title: "days between",
      isLogarithmic: false,
      scale: 1,
      end: null,
      least: between.upper,
      format: (days) => duration(days * 24),
      tick: decimal,
    },
    ticks: lines.map(({ at }) => (at === null ? "now" : tick({ from: at }, "day", zone))),
    labels: lines.map(({ words }) => words),
    values: lines.map(({ days }) => days),
    baseline: null,
    before: [],
    quantiles: [],
    whiskers: [],
    bands: [
      { first: 0, last: lines.length - 1, centre: between.centre, lower: between.lower ?? 0, upper: between.upper },
    ],
    happened: [],
    signals: lines.map(({ signal }) => signal),
    unfinished: lines.map(({ at }) => (at === null ? "running" : null)),
  };
}
