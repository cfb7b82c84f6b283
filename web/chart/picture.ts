/** What a chart shows, in terms of no library: pure, so that it can be tested without a canvas. */
import { between, decimal, duration, NONE, plural, pluralOf, quantity, share, tick } from "../format.ts";
import type { Annotation, Definition, Interval, Limits, Measured, Point } from "../types.ts";
import type { Happened } from "./happened.ts";
import { happenedIn } from "./happened.ts";

export interface Axis {
  readonly title: string;
  readonly isLogarithmic: boolean;
  /** Of what is drawn for one of the metric's unit: 100 for a share, 1/24 for hours that are shown as days, 60 for minutes. */
  readonly scale: number;
  /** The end of the axis when it has one: no share is above 100 %. */
  readonly end: number | null;
  /** How far it reaches at least. */
  readonly least: number;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
}

export interface Whisker {
  readonly low: number;
  readonly high: number;
}

/** The limits of some periods, first and last included. */
export interface Band extends Pick<Limits, "centre" | "lower" | "upper"> {
  readonly first: number;
  readonly last: number;
}

export interface Picture {
  readonly title: string;
  readonly shape: "bars" | "line";
  readonly axis: Axis;
  readonly ticks: readonly string[];
  readonly labels: readonly string[];
  /** `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** What was frozen, the same at each period; `null` when no baseline is compared with. */
  readonly baseline: number | null;
  /** The window before, period by period; empty when it is not compared. */
  readonly before: readonly (number | null)[];
  readonly quantiles: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  readonly whiskers: readonly (Whisker | null)[];
  /** Where normal variation lies, and for which periods. */
  readonly bands: readonly Band[];
  /** What people noted. */
  readonly happened: readonly Happened[];
  readonly signals: readonly (string | null)[];
  /** "running" or "partial": what is not a whole period. */
  readonly unfinished: readonly (string | null)[];
}

/** Beyond this ratio of largest to smallest a linear axis hides the small ones. */
const WIDE_RATIO = 40;
/** More would hide the line. */
const MOST_WHISKERS = 60;
/** A share of zero is not drawn as if one percent were much. */
const LEAST_PERCENT = 10;
const LONG_HOURS = 48;
const SHORT_HOURS = 2;

interface Context {
  readonly interval: Interval;
  readonly zone: string;
  readonly now: string;
  readonly annotations: readonly Annotation[];
}

/** What of a metric is drawn. */
type Seen = Pick<Measured, "series" | "limits" | "formerLimits"> & {
  readonly baseline: Pick<NonNullable<Measured["baseline"]>, "measure"> | null;
};

export function pictureOf(definition: Definition, measured: Seen, before: readonly Point[], context: Context): Picture {
  const { series, limits } = measured;
  const scale = scaleOf(definition, series);
  const scaled = (value: number | null): number | null => (value === null ? null : value * scale);
  const quantiles =
    definition.statistic === "median" ? [{ label: "85 % within", values: series.map(({ p85 }) => scaled(p85)) }] : [];
  return {
    title: definition.title,
    shape: definition.statistic === "count" ? "bars" : "line",
    axis: axisOf(definition, measured, scale, context.interval),
    ticks: series.map((point) => tick(point, context.interval, context.zone)),
    labels: series.map(({ label }) => label),
    values: series.map(({ value }) => scaled(value)),
    baseline: scaled(frozenAt(definition, measured, context.interval)),
    before: before.slice(0, series.length).map(({ value }) => scaled(value)),
    quantiles: quantiles.filter(({ values }) => values.some((value) => value !== null)),
    whiskers:
      definition.statistic === "rate" && series.length <= MOST_WHISKERS
        ? series.map((point) => whisker(point, scale))
        : [],
    bands: [...measured.formerLimits, ...(limits === null ? [] : [limits])].flatMap((one) => band(one, series, scale)),
    happened: happenedIn(context.annotations, series),
    signals: series.map(({ signal }) => signal),
    unfinished: series.map((point) => unfinished(point, context.now)),
  };
}

/** Weeks in a period: what was frozen of a count is a rate per week. */
const WEEKS: Record<Interval, number> = { day: 1 / 7, week: 1, month: 365.25 / 12 / 7 };

function frozenAt(
  { statistic }: Pick<Definition, "statistic">,
  { baseline }: Pick<Seen, "baseline">,
  interval: Interval,
): number | null {
  const { value = null, perWeek = null } = baseline?.measure ?? {};
  if (statistic !== "count") return value;
  return perWeek === null ? null : perWeek * WEEKS[interval];
}

/** "running" while the period goes on, "partial" when the window or the data cuts it. */
export function unfinished({ partial, to }: Pick<Point, "partial" | "to">, now: string): "running" | "partial" | null {
  if (!partial) return null;
  return Date.parse(to) > Date.parse(now) ? "running" : "partial";
}

/** Value and interval of one point in words, for the tooltip and the table. */
export function pointWords(
  { unit, counts, statistic }: Definition,
  { value, low, high }: Point,
): { value: string; interval: string } {
  const text = (each: number): string => (statistic === "count" ? decimal(each) : quantity(each, unit));
  return {
    value: value === null ? NONE : statistic === "count" ? plural(value, counts) : text(value),
    interval: low === null || high === null ? NONE : between(text(low), text(high)),
  };
}

/** Nothing where limits hold for no whole period. */
/** Where limits hold, as far as the series has it; nowhere in a series that has no period of them. */
export function band(
  { from, to, centre, lower, upper }: Omit<Limits, "baseline">,
  series: readonly Pick<Point, "from" | "to">[],
  scale: number,
): readonly Band[] {
  const held = [...series.keys()].filter((index) => {
    const point = series[index];
    return point !== undefined && Date.parse(point.from) >= Date.parse(from) && Date.parse(point.to) <= Date.parse(to);
  });
  const [first, last] = [held.at(0), held.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ first, last, centre: centre * scale, lower: lower * scale, upper: upper * scale }];
}

function whisker({ low, high }: Point, scale: number): Whisker | null {
  return low === null || high === null ? null : { low: low * scale, high: high * scale };
}

function scaleOf({ unit }: Definition, series: readonly Point[]): number {
  if (unit === "share") return 100;
  if (unit !== "hours") return 1;
  const most = largest(series);
  return most >= LONG_HOURS ? 1 / 24 : most < SHORT_HOURS ? 60 : 1;
}

function timeWords(scale: number): string {
  if (scale === 1) return "hours";
  return scale > 1 ? "minutes" : "days";
}

function axisOf(
  { unit, statistic, counts }: Definition,
  { series, limits, baseline }: Seen,
  scale: number,
  interval: Interval,
): Axis {
  const frozen = scale * (frozenAt({ statistic }, { baseline }, interval) ?? 0);
  const isLogarithmic = unit === "hours" && isWide(series, limits);
  const plain = {
    isLogarithmic,
    scale,
    end: null,
    least: Math.max(limits === null ? 1 : limits.upper * scale, frozen),
    tick: decimal,
  };
  if (unit === "share") {
    const highest = Math.max(100 * largest(series), 100 * (limits?.upper ?? 0), frozen);
    return {
      ...plain,
      title: "%",
      end: highest > 75 ? 100 : null,
      least: Math.max(highest, LEAST_PERCENT),
      format: (value) => share(value / 100),
    };
  }
  if (unit === "hours") {
    const format = (value: number): string => duration(value / scale);
    return isLogarithmic
      ? { ...plain, title: "logarithmic", format, tick: format }
      : { ...plain, title: timeWords(scale), format };
  }
  if (statistic === "count") return { ...plain, title: `${pluralOf(counts)} per ${interval}`, format: plain.tick };
  return { ...plain, title: unit.replace("-", " "), format: (value) => quantity(value, unit) };
}

/** A zero has no place on a logarithmic axis and lies on its ground. */
function isWide(series: readonly Point[], limits: Limits | null): boolean {
  const positive = [...series.flatMap(({ value }) => value ?? []), limits?.lower ?? 0].filter((value) => value > 0);
  return positive.length > 1 && Math.max(largest(series), limits?.upper ?? 0) / Math.min(...positive) > WIDE_RATIO;
}

function largest(series: readonly Point[]): number {
  return Math.max(0, ...series.flatMap(({ value, p85 }) => [value ?? 0, p85 ?? 0]));
}
