/** Metrics as aligned lines: the number with what it takes to trust it, its series, and what the comparison says. */
import type { Metric } from "#metrics/metric.ts";
import { intervalWords, quantity, sampleWords } from "#metrics/sample-words.ts";
import { amount } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import type { Screen, Tone } from "./screen.ts";
import { lengthOf, wrap } from "./screen.ts";
import { sparkline } from "./spark.ts";

type Measured = Reply<"/api/measures">["measures"][number];
type Verdict = NonNullable<Measured["previous"]>["verdict"];

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
  const tone = toneOf((measured.baseline ?? measured.previous)?.verdict ?? null);
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

function remarks(metric: Metric, measured: Measured): string[] {
  const { whole: now, details } = measured;
  if (now.value === null) return now.reason === null ? [] : [now.reason];
  const further = [
    ...comparedWords(measured),
    ...(details.length === 0 ? [] : [details.map(({ label, value }) => `${label} ${value}`).join(", ")]),
    ...(now.p75 === null || now.p85 === null || now.low === null
      ? []
      : [`P75 ${quantity(metric, now.p75)}, P85 ${quantity(metric, now.p85)}`]),
  ];
  return [...(further.length === 0 ? [] : [further.join(" · ")]), ...(now.caution === null ? [] : [now.caution])];
}

/** With the baseline where one was asked for, else with the window before. */
function comparedWords({ baseline, previous }: Measured): string[] {
  if (baseline !== null && baseline.verdict === null) return [baseline.words];
  const compared = baseline ?? previous;
  return compared === null || compared.verdict === null ? [] : [verdictWords(compared.verdict, compared.words)];
}

function verdictWords(verdict: Verdict, words: string): string {
  return `${signOf(verdict)} ${words.charAt(0).toLowerCase()}${words.slice(1).replace(/\.$/, "")}`;
}

function signOf(verdict: Verdict): string {
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

function toneOf(verdict: Verdict | null): Tone {
  if (verdict === "better") return "good";
  if (verdict === "worse") return "bad";
  return verdict === "different" ? "other" : "quiet";
}
