/** Metrics as aligned lines: the number with what it takes to trust it, its series, and what the comparison says. */
import type { Metric } from "#metrics/metric.ts";
import { amount, isDuration, lengthIn } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import type { Screen, Tone } from "./screen.ts";
import { lengthOf, wrap } from "./screen.ts";
import { sparkline } from "./spark.ts";

type Measured = Reply<"/api/measures">["measures"][number];
type Whole = Measured["whole"];
type Comparison = NonNullable<Measured["previous"]>;

export interface Shown {
  readonly metric: Metric;
  readonly measured: Measured;
}

interface Columns {
  readonly title: number;
  readonly value: number;
  readonly interval: number;
  readonly n: number;
  /** What is left for the series; 0 when it would be too little to read. */
  readonly spark: number;
  /** How many points the series have. */
  readonly points: number;
}

const HEAD = { value: "value", interval: "95 % interval", n: "n" };
const GAP = "  ";
const SHORTEST_SPARK = 8;

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** How wide each column must be for all of the metrics. */
export function columnsFor(shown: readonly Shown[], width: number): Columns {
  const widest = (texts: readonly string[]) => Math.max(...texts.map(lengthOf));
  const title = widest(shown.map(({ metric }) => metric.title));
  const value = widest([HEAD.value, ...shown.map(({ metric, measured }) => amount(metric, measured.whole))]);
  const interval = widest([
    HEAD.interval,
    ...shown.map(({ metric, measured }) => intervalWords(metric, measured.whole)),
  ]);
  const n = widest([HEAD.n, ...shown.map(({ metric, measured }) => sampleWords(metric, measured.whole))]);
  const left = width - title - value - interval - n - 4 * GAP.length;
  const points = Math.max(...shown.map(({ measured }) => measured.series.length));
  return { title, value, interval, n, spark: left < SHORTEST_SPARK ? 0 : left, points };
}

export function headLine(name: string, interval: string, columns: Columns, screen: Screen): string {
  const numbers = [
    HEAD.value.padStart(columns.value),
    HEAD.interval.padStart(columns.interval),
    HEAD.n.padStart(columns.n),
  ];
  const cells = columns.spark === 0 ? numbers : [...numbers, seriesWords(interval, columns)];
  const isWide = fits(columns, screen);
  return (
    screen.paint("strong", name.padEnd(columns.title)) + (isWide ? screen.paint("quiet", GAP + cells.join(GAP)) : "")
  );
}

/** One metric in two or more lines. */
export function metricLines({ metric, measured }: Shown, columns: Columns, screen: Screen): string[] {
  const numbers = [
    amount(metric, measured.whole).padStart(columns.value),
    intervalWords(metric, measured.whole).padStart(columns.interval),
    sampleWords(metric, measured.whole).padStart(columns.n),
  ];
  const series = sparkline(measured.series, columns.spark);
  const said = remarks(metric, measured).map((remark) => wrap(remark, screen.width - 2, "  "));
  const tone = toneOf(measured.previous);
  const lines = fits(columns, screen)
    ? [[metric.title.padEnd(columns.title), ...numbers, series].join(GAP).trimEnd()]
    : [metric.title, `  ${numbers.map((cell) => cell.trim()).join(GAP)}`];
  return [...lines, ...said.flatMap((remark) => remark.split("\n")).map((line) => screen.paint(tone, `  ${line}`))];
}

function seriesWords(interval: string, { spark, points }: Columns): string {
  return points > spark ? `latest ${interval}s` : `each ${interval}`;
}

function fits({ title, value, interval, n }: Columns, { width }: Screen): boolean {
  return title + value + interval + n + 3 * GAP.length <= width;
}

function remarks(metric: Metric, { whole: now, previous, details }: Measured): string[] {
  if (now.value === null) return now.reason === null ? [] : [now.reason];
  const further = [
    ...(previous === null ? [] : [verdictWords(previous)]),
    ...(details.length === 0 ? [] : [details.map(({ label, value }) => `${label} ${value}`).join(", ")]),
    ...(now.p75 === null || now.p85 === null || now.low === null
      ? []
      : [`P75 ${quantity(metric, now.p75)}, P85 ${quantity(metric, now.p85)}`]),
  ];
  return [...(further.length === 0 ? [] : [further.join(" · ")]), ...(now.caution === null ? [] : [now.caution])];
}

function verdictWords({ verdict, words }: Comparison): string {
  return `${signOf(verdict)} ${words.charAt(0).toLowerCase()}${words.slice(1).replace(/\.$/, "")}`;
}

function signOf(verdict: Comparison["verdict"]): string {
  switch (verdict) {
    case "better":
      return "✓ Better:";
    case "worse":
      return "! Worse:";
    case "different":
      return "◆ Different:";
    case "within-variation":
      return "≈";
    case "too-few":
      return "○";
  }
}

function toneOf(previous: Comparison | null): Tone {
  if (previous?.verdict === "better") return "good";
  if (previous?.verdict === "worse") return "bad";
  return previous?.verdict === "different" ? "other" : "quiet";
}

/** "34 of 420" for a share, else how many were observed. */
function sampleWords({ statistic }: Metric, { n, k }: Whole): string {
  return statistic === "rate" && k !== null ? `${whole.format(k)} of ${whole.format(n)}` : whole.format(n);
}

/** The interval in the terms of the value; nothing where there is none. */
function intervalWords(metric: Metric, { low, high, value, perWeek }: Whole): string {
  if (low === null || high === null) return "";
  if (metric.statistic !== "count") return between(quantity(metric, low), quantity(metric, high));
  if (value === null || value === 0 || perWeek === null)
    return `${decimals.format(low)}–${decimals.format(high)} in all`;
  return between(decimals.format((low * perWeek) / value), decimals.format((high * perWeek) / value));
}

function quantity(metric: Metric, value: number): string {
  if (isDuration(metric)) return lengthIn(metric, value);
  return metric.unit === "share" ? `${decimals.format(value * 100)} %` : decimals.format(value);
}

/** A unit that both ends share is said once. */
function between(low: string, high: string): string {
  const [number = low, ...words] = low.split(" ");
  const unit = words.join(" ");
  return unit !== "" && high.endsWith(` ${unit}`) ? `${number}–${high}` : `${low}–${high}`;
}
