/** What it takes to trust a number, in the terms of the number: how many, and between what. */
import type { Measure } from "./measure.ts";
import type { Metric } from "./metric.ts";
import { isDuration, lengthIn } from "./words.ts";

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** "34 of 420" for a share, else how many were observed. */
export function sampleWords({ statistic }: Pick<Metric, "statistic">, { n, k }: Pick<Measure, "n" | "k">): string {
  return statistic === "rate" && k !== null ? `${whole.format(k)} of ${whole.format(n)}` : whole.format(n);
}

type Interval = Pick<Measure, "low" | "high" | "value" | "perWeek">;

/** The 95 % interval in the terms of the value, `18–26 h`; nothing where there is none. */
export function intervalWords(metric: Metric, { low, high, value, perWeek }: Interval): string {
  if (low === null || high === null) return "";
  if (metric.statistic !== "count") return between(quantity(metric, low), quantity(metric, high));
  if (value === null || value === 0 || perWeek === null)
    return `${decimals.format(low)}–${decimals.format(high)} in all`;
  return between(decimals.format((low * perWeek) / value), decimals.format((high * perWeek) / value));
}

/** `22 h`, `3.4 %`, `12`. */
export function quantity(metric: Metric, value: number): string {
  if (isDuration(metric)) return lengthIn(metric, value);
  return metric.unit === "share" ? `${decimals.format(value * 100)} %` : decimals.format(value);
}

/** A unit that both ends share is said once. */
function between(low: string, high: string): string {
  const [number = low, ...words] = low.split(" ");
  const unit = words.join(" ");
  return unit !== "" && high.endsWith(` ${unit}`) ? `${number}–${high}` : `${low}–${high}`;
}
