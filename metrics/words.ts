/** Sentences written from the statistics. No widget without words. */
import type { Analysis, Compared } from "./analysis.ts";
import type { Change } from "./compare.ts";
import type { Measure } from "./measure.ts";
import type { Metric } from "./metric.ts";
import type { Window } from "./time.ts";
import { DAY, HOUR } from "./time.ts";
import { byNumber } from "./plurals.ts";

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const two = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A duration in the unit a person would choose: `41 s`, `8.3 min`, `25 min`, `17.9 h`, `5.5 d`. */
export function duration(hours: number): string {
  const minutes = hours * 60;
  if (minutes > 0 && minutes * 60 < 59.5) return `${two.format(minutes * 60)} s`;
  // Of few minutes the half ones matter: an interval of 8 to 8 min would look like a mistake.
  if (minutes > 0 && minutes < 9.95) return `${two.format(Math.max(minutes, 1))} min`;
  if (Math.round(minutes) < 60) return `${whole.format(minutes)} min`;
  if (hours < 48) return `${decimals.format(Math.max(hours, 1))} h`;
  return `${decimals.format((hours * HOUR) / DAY)} d`;
}

/** The value of a measure with its unit, or "—"; of a median that is not reached `> 21 d`. Counts are given per week. */
export function amount(
  metric: Metric,
  { value, perWeek, beyond }: Pick<Measure, "value" | "perWeek" | "beyond">,
): string {
  if (value === null) return beyond === null ? "—" : `> ${lengthIn(metric, beyond)}`;
  if (metric.unit === "share") return `${decimals.format(value * 100)} %`;
  if (isDuration(metric)) return lengthIn(metric, value);
  if (metric.statistic === "count")
    return perWeek === null ? whole.format(value) : `${decimals.format(perWeek)} a week`;
  return `${decimals.format(value)} ${byNumber(value, metric.unit.replace(/s$/, ""), metric.unit)}`;
}

/** How long, in the metric's unit: `22 h`, `5.5 d`, `22 working h`. Working hours make no days, of which each has some of them. */
export function lengthIn({ unit }: Pick<Metric, "unit">, length: number): string {
  switch (unit) {
    case "hours":
      return duration(length);
    case "working-hours":
      return `${decimals.format(length)} working h`;
    case "deployments":
    case "commits":
    case "changes":
    case "lines":
    case "rounds":
    case "alerts":
    case "share":
      return whole.format(length);
  }
}

export function isDuration({ unit }: Pick<Metric, "unit">): boolean {
  return unit === "hours" || unit === "working-hours";
}

/** `1 deployment`, `2 deployments`, `2 releases x.y.0`. */
export function counted(n: number, noun: string): string {
  return `${whole.format(n)} ${byNumber(n, noun, plural(noun))}`;
}

/** `1 of 2 deployments`, `1,575 of 3,326 changes`. */
export function outOf(some: number, all: number, noun: string): string {
  return `${whole.format(some)} of ${counted(all, noun)}`;
}

function plural(noun: string): string {
  const [head = "", ...rest] = noun.split(" ");
  return BEFORE.includes(head) ? `${head} ${rest.join(" ")}s` : [`${head}s`, ...rest].join(" ");
}

/** Words before what there are several of, "use cases"; other nouns of several words begin with it: "days with work". */
const BEFORE: readonly string[] = ["archived", "failed", "known", "merged", "more", "use"];

/** How sentences speak of what is compared with. */
export interface Earlier {
  /** `12 h before`. */
  readonly when: string;
  /** `as in the window before`. */
  readonly there: string;
}

const WINDOW_BEFORE: Earlier = { when: "before", there: "in the window before" };

/** What a comparison says, by default with the window before. */
export function comparisonWords(
  metric: Metric,
  now: Measure,
  before: Measure,
  change: Change | null,
  { when, there }: Earlier = WINDOW_BEFORE,
): string {
  const [a, b] = [amount(metric, now), amount(metric, before)];
  if (a === "—") return b === "—" ? "Nothing to measure." : `${b} ${when}, nothing to measure now.`;
  if (b === "—") return `${a} now, nothing to measure ${when}.`;
  if (change === null) return `${b} ${when}, ${a} now: too few to tell a change from noise.`;
  if (change.among !== null)
    return `${b} ${when}, ${a} now: outside normal variation by itself, but of ${change.among} numbers compared at once one may be so by chance.`;
  if (change.open !== null && a !== b)
    return `${b} ${when}, ${a} now: no change is called, since ${whole.format(change.open)} that ${byNumber(change.open, "has", "have")} no known end may undo it.`;
  if (change.verdict === "within-variation")
    return a === b ? `${a}, as ${there}.` : `${b} ${when}, ${a} now: within normal variation.`;
  if (a === b)
    return `${verb(now, before)} by less than is written here (${a} ${when} and now), outside normal variation.`;
  return `${verb(now, before)} from ${b} to ${a}: outside normal variation.`;
}

function verb(now: Measure, before: Measure): string {
  const size = ({ perWeek, value, beyond }: Measure) => perWeek ?? value ?? beyond ?? 0;
  return size(now) > size(before) ? "Rose" : "Fell";
}

export interface Told {
  readonly metric: Metric;
  readonly analysis: Analysis;
}

/** The same without a series. */
export interface ToldBriefly {
  readonly metric: Metric;
  readonly analysis: Compared;
}

/**
 * The sentence a page opens with: what of delivery left normal variation, or else how things stand, with what did so beside it.
 *
 * @param span the window's length in words, such as `26 weeks`.
 * @param before with what it was compared; by default the window of the same length before, and `null` where nothing is to be compared.
 */
export function headline(
  told: readonly Told[],
  span: string,
  before: string | null = `against the ${span.replace(/^1 /, "")} before`,
): string {
  if (before === null) return `${standingWords(told, span)}.`;
  const standing = standingWords(told, span);
  const delivery = oneClock(told).filter(({ metric }) => metric.factor !== "context");
  const moved = delivery.flatMap(signal);
  const beside = told.filter(({ metric }) => metric.factor === "context");
  if (moved.length === 0 && isQuiet(delivery)) {
    // Another clock of the lead time that is told would seem to contradict it.
    const [other] = beside.filter(({ metric: { id } }) => !id.startsWith(LEAD_TIME)).flatMap(signal);
    if (other !== undefined) return `${standing}, within normal variation. Outside of it ${before}: ${other}.`;
    const what = beside.flatMap(signal).length === 0 ? "nothing left" : "delivery stayed within";
    return `${standing}; ${before}, ${what} its normal variation.`;
  }
  const changes = moved.length > 0 ? moved : beside.flatMap(signal);
  if (changes.length > 0) return `${sentence(changes.slice(0, 2).join(" and "))} ${before}; outside normal variation.`;
  return isQuiet(told) ? `${standing}; ${before}, nothing left its normal variation.` : `${standing}.`;
}

/** Something was compared, and all of it stayed within its normal variation. */
function isQuiet(told: readonly Told[]): boolean {
  const verdicts = told.flatMap(({ analysis: { previous } }) => previous?.change?.verdict ?? []);
  const compared = verdicts.filter((verdict) => verdict !== "too-few");
  return compared.length > 0 && compared.every((verdict) => verdict === "within-variation");
}

/** A sentence speaks of one lead time: per change where a host tells of changes, else per commit. */
export function oneClock<T extends ToldBriefly>(told: readonly T[]): readonly T[] {
  const perChange = told.some(({ metric, analysis }) => metric.id === PER_CHANGE && analysis.whole.value !== null);
  return told.filter(({ metric }) => metric.id !== (perChange ? PER_COMMIT : PER_CHANGE));
}

const LEAD_TIME = "lead-time-";
const PER_CHANGE = `${LEAD_TIME}change`;
const PER_COMMIT = `${LEAD_TIME}commit`;

function signal({ metric, analysis: { whole: now, previous } }: Told): string[] {
  if (previous === null || previous.change === null) return [];
  const { change, measure: before } = previous;
  if (change.verdict === "within-variation" || change.verdict === "too-few") return [];
  const [a, b] = [amount(metric, now), amount(metric, before)];
  // A difference that is too small to be written is none to open a page with.
  if (a === b) return [];
  const judged = change.verdict === "different" ? "" : ` (${change.verdict})`;
  return [`${name(metric)} ${verb(now, before).toLowerCase()} from ${b} to ${a}${judged}`];
}

/** How many deployments, or else integrations, and how long a change took; of other metrics the first. */
function standingWords(told: readonly Told[], span: string): string {
  const found = (id: string) => told.find(({ metric }) => metric.id === id);
  const [deployments, integrations] = [found("deployment-frequency"), found("integration-frequency")];
  const leadTime = oneClock(told).find(({ metric: { id } }) => id === PER_CHANGE || id === PER_COMMIT);
  if (deployments !== undefined && deployments.analysis.whole.n > 0)
    return [howMany(deployments, span), ...howLong(leadTime)].join(", ");
  const none = deployments?.analysis.whole.value === null ? "No deployments known" : "No deployments";
  if (integrations !== undefined && integrations.analysis.whole.n > 0)
    return `${deployments === undefined ? "" : `${none}, but `}${howMany(integrations, span)}`;
  if (deployments !== undefined)
    return integrations === undefined ? `${none} in ${span}` : `Nothing was integrated or deployed in ${span}`;
  if (integrations !== undefined) return `Nothing was integrated in ${span}`;
  return sentence(howLong(leadTime)[0] ?? other(told[0]));
}

/** `52 deployments in 26 weeks (2 a week)`; no rate where less than a week was observed. */
function howMany({ metric, analysis: { whole: measured, previous } }: Told, span: string): string {
  const count = `${counted(measured.n, metric.counts)} in ${span}`;
  if (measured.perWeek === null || measured.perWeek > measured.n) return count;
  return `${count} (${amount(metric, measured)}${previous === null ? " since the first" : ""})`;
}

function howLong(leadTime: Told | undefined): string[] {
  if (leadTime === undefined || leadTime.analysis.whole.value === null) return [];
  return [`median lead time ${amount(leadTime.metric, leadTime.analysis.whole)}`];
}

function other(told: Told | undefined): string {
  if (told === undefined) return "nothing was asked";
  const { value, n, reason } = told.analysis.whole;
  if (value === null) return (reason ?? "nothing to measure").replace(/\.$/, "");
  return `${name(told.metric)} ${amount(told.metric, told.analysis.whole)} (${counted(n, told.metric.counts)})`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A metric inside a sentence. Of delivery its title without its clock, of which a sentence has one; several others share a title. */
function name({ title, statistic, factor }: Metric): string {
  const bare = factor === "context" ? title : title.replace(/ \(.*\)$/, "");
  return `${statistic === "median" ? "median " : ""}${bare.charAt(0).toLowerCase()}${bare.slice(1)}`;
}

/**
 * How long a window is, as people say it: `30 days`, `12 weeks and 6 days`, `26 weeks`, `14 months`. Exact below 120 days; above, a week that
 * is not over adds none, so that 26 weeks and the running one are told as 26.
 */
export function spanWords({ from, to }: Window): string {
  const days = Math.max(1, Math.round((to - from) / DAY));
  const [weeks, rest] = [Math.floor(days / 7), days % 7];
  if (days < 14 || (days < 56 && rest !== 0)) return counted(days, "day");
  if (days < 120 && rest !== 0) return `${counted(weeks, "week")} and ${counted(rest, "day")}`;
  if (days < 400) return counted(weeks, "week");
  return counted(Math.round(days / 30.44), "month");
}
