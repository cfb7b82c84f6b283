/** Sentences written from the statistics. No widget without words. */
import type { Analysis } from "./analysis.ts";
import type { Change } from "./compare.ts";
import type { Measure } from "./measure.ts";
import type { Metric } from "./metric.ts";
import type { Window } from "./time.ts";
import { DAY, HOUR } from "./time.ts";

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A duration in the unit a person would choose: `25 min`, `17.9 h`, `5.5 d`. */
export function duration(hours: number): string {
  if (hours < 1) return `${whole.format(hours * 60)} min`;
  if (hours < 48) return `${decimals.format(hours)} h`;
  return `${decimals.format((hours * HOUR) / DAY)} d`;
}

/** The value of a measure with its unit, or "—". Counts are given per week. */
export function amount(metric: Metric, { value, perWeek }: Pick<Measure, "value" | "perWeek">): string {
  if (value === null) return "—";
  if (metric.statistic === "rate") return `${decimals.format(value * 100)} %`;
  if (metric.unit === "hours") return duration(value);
  if (metric.statistic === "count")
    return perWeek === null ? whole.format(value) : `${decimals.format(perWeek)} a week`;
  return `${decimals.format(value)} ${metric.unit}`;
}

/** `1 deployment`, `2 deployments`, `2 releases x.y.0`. */
export function counted(n: number, noun: string): string {
  return `${whole.format(n)} ${n === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  const [head = "", ...rest] = noun.split(" ");
  return head === "failed" ? `failed ${rest.join(" ")}s` : [`${head}s`, ...rest].join(" ");
}

/** What a comparison with the window before says. */
export function comparisonWords(metric: Metric, now: Measure, before: Measure, change: Change | null): string {
  const [a, b] = [amount(metric, now), amount(metric, before)];
  if (now.value === null || before.value === null) return `${a} now, ${b} in the window before: nothing to compare.`;
  if (change === null) return `${b} before, ${a} now: too few to tell a change from noise.`;
  if (change.verdict === "within-variation")
    return a === b ? `${a} as in the window before.` : `${b} before, ${a} now: within normal variation.`;
  return `${verb(now, before)} from ${b} to ${a}: outside normal variation.`;
}

function verb(now: Measure, before: Measure): string {
  const [a, b] = [now.perWeek ?? now.value ?? 0, before.perWeek ?? before.value ?? 0];
  return a === b ? "Shifted" : a > b ? "Rose" : "Fell";
}

export interface Told {
  readonly metric: Metric;
  readonly analysis: Analysis;
}

/** The sentence a page opens with: what left normal variation, or that nothing did. */
export function headline(told: readonly Told[], span: string): string {
  const changes = told.flatMap(signal);
  if (changes.length > 0)
    return `${sentence(changes.slice(0, 2).join("; "))} against the ${span} before; outside normal variation.`;
  const standing = standingWords(told, span);
  const compared = told.some(({ analysis: { previous } }) => previous?.change?.verdict === "within-variation");
  return compared ? `${standing}; against the ${span} before, nothing left its normal variation.` : `${standing}.`;
}

function signal({ metric, analysis: { whole: now, previous } }: Told): string[] {
  if (previous?.change === null || previous === null || metric.factor === "context") return [];
  if (previous.change.verdict === "within-variation") return [];
  const name = metric.statistic === "median" ? `median ${lower(metric.title)}` : lower(metric.title);
  return [
    `${name} ${verb(now, previous.measure).toLowerCase()} from ${amount(metric, previous.measure)} to ${amount(metric, now)}`,
  ];
}

function standingWords(told: readonly Told[], span: string): string {
  const found = (id: string) => told.find(({ metric }) => metric.id === id);
  const [deployments, leadTime, integrations] = [
    found("deployment-frequency"),
    found("lead-time-commit"),
    found("integration-frequency"),
  ];
  const parts: string[] = [];
  for (const item of [deployments, integrations]) {
    const n = item?.analysis.whole.n ?? 0;
    if (item === undefined || n === 0 || parts.length > 0) continue;
    parts.push(`${counted(n, item.metric.counts)} in ${span}, ${amount(item.metric, item.analysis.whole)}`);
  }
  if (leadTime !== undefined && leadTime.analysis.whole.value !== null)
    parts.push(`median lead time ${amount(leadTime.metric, leadTime.analysis.whole)}`);
  if (parts.length === 0) return `Nothing was integrated or deployed in these ${span}`;
  const without = (deployments?.analysis.whole.n ?? 0) === 0 ? "No deployments, but " : "";
  return without === "" ? sentence(parts.join(", ")) : `${without}${parts.join(", ")}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title inside a sentence, without its clock. */
function lower(title: string): string {
  const bare = title.replace(/ \(.*\)$/, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}

/** How long a window is, as people say it: `26 weeks`, `90 days`, `14 months`. */
export function spanWords({ from, to }: Window): string {
  const days = Math.round((to - from) / DAY);
  if (days < 15) return counted(days, "day");
  if (days < 400) return counted(Math.round(days / 7), "week");
  return counted(Math.round(days / 30.44), "month");
}
