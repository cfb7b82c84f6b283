/** Numbers and dates as text. Everything goes through Intl; a space before a unit never breaks; unknown is "—", never 0. */
import { dateFormat } from "./date-format.ts";
import type { Definition, Interval, Measure, Point } from "./types.ts";

export const NONE = "—";
/** Joins a number and its unit. */
export const NBSP = "\u00a0";
const HOURS_SHOWN_AS_DAYS = 48;

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
/** As the API's own sentences write them, so that a number reads the same in both. */
const two = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export type Unit = Definition["unit"];

export function count(value: number): string {
  return whole.format(value);
}

/** Whole numbers in full, others with three digits. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? whole.format(value) : significant.format(value);
}

const rules = new Intl.PluralRules("en");

/** The form that a word takes with a number. */
function byNumber(value: number, one: string, other: string): string {
  return rules.select(value) === "one" ? one : other;
}

/** "1 release", "84 releases". */
export function plural(value: number, noun: string): string {
  return `${decimal(value)}${NBSP}${byNumber(value, noun, pluralOf(noun))}`;
}

/** Money in full thousands and above with three digits: "€1.25M", "−€630K". */
export function money(value: number, currency: string): string {
  const short = { notation: "compact", maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat("en", { style: "currency", currency, ...short }).format(value).replace("-", "−");
}

/** A sentence of the API in which no line can end between a number and its unit. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=(?:%|s|h|d|min|working h|a week)(?:[\s,.;:)]|$))/g, NBSP);
}

/** 0.123 → "12.3 %", −0.123 → "−12.3 %". */
export function share(value: number): string {
  return `${significant.format(value * 100).replace("-", "−")}${NBSP}%`;
}

/** Seconds below a minute, minutes below an hour, those below ten to two digits; hours below 48, days above. */
export function duration(hours: number): string {
  const minutes = hours * 60;
  if (minutes > 0 && minutes * 60 < 59.5) return `${two.format(minutes * 60)}${NBSP}s`;
  if (minutes > 0 && minutes < 9.95) return `${two.format(Math.max(minutes, 1))}${NBSP}min`;
  if (Math.round(minutes) < 60) return `${whole.format(minutes)}${NBSP}min`;
  if (hours < HOURS_SHOWN_AS_DAYS) return `${significant.format(Math.max(hours, 1))}${NBSP}h`;
  return `${significant.format(hours / 24)}${NBSP}d`;
}

/** A value in its unit. */
export function quantity(value: number | null, unit: Unit): string {
  if (value === null) return NONE;
  if (unit === "hours") return duration(value);
  // They make no days, of which each has some of them.
  if (unit === "working-hours") return `${significant.format(value)}${NBSP}working${NBSP}h`;
  if (unit === "share") return share(value);
  return plural(value, unit.slice(0, -1));
}

/** "3.2 a week". */
export function weekly(perWeek: number): string {
  return `${significant.format(perWeek)}${NBSP}a${NBSP}week`;
}

/** The number a card shows: a count as its weekly rate, everything else in its unit; of a median that is not reached what it is longer than. */
export function headline(definition: Definition, measure: Measure): string {
  if (measure.value === null)
    return measure.beyond === null ? NONE : `>${NBSP}${quantity(measure.beyond, definition.unit)}`;
  if (definition.statistic === "count")
    return measure.perWeek === null ? plural(measure.value, definition.counts) : weekly(measure.perWeek);
  return quantity(measure.value, definition.unit);
}

/** The 95 % interval in the headline's terms; `null` when there is none. */
export function interval(
  { statistic, unit, counts }: Definition,
  { low, high, value, perWeek }: Measure,
): string | null {
  if (low === null || high === null) return null;
  if (statistic !== "count") return between(quantity(low, unit), quantity(high, unit));
  if (perWeek === null || value === null || value === 0) return between(decimal(low), plural(high, counts));
  return between(weekly((low * perWeek) / value), weekly((high * perWeek) / value));
}

/** "2.1 to 4.4 h": a unit both ends share is said once. */
export function between(low: string, high: string): string {
  const [number = low, ...unit] = low.split(NBSP);
  const isShared = unit.length > 0 && high.endsWith(["", ...unit].join(NBSP));
  return `${isShared ? number : low} to ${high}`;
}

/** "22 Nov 2026, 14:05". */
export function moment(instant: string, zone: string): string {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  return dateFormat("en-GB", { ...day, hour: "2-digit", minute: "2-digit", timeZone: zone })
    .format(Date.parse(instant))
    .replace(/^(\p{L}+), /u, "$1 ");
}

/** "24 May to 22 Nov 2026": the days a half-open window touches. */
export function period(from: string, to: string, zone: string): string {
  const days = dateFormat("en-GB", { dateStyle: "medium", timeZone: zone });
  return days.formatRange(Date.parse(from), Date.parse(to) - 1).replace(/\s*–\s*/, " to ");
}

/** "March 2026", of `2026-03`. */
export function monthName(month: string): string {
  return dateFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(`${month}-01`));
}

/** What stands under a point on the time axis. */
export function tick({ from }: Pick<Point, "from">, interval: Interval, zone: string): string {
  const parts =
    interval === "month"
      ? ({ month: "short", year: "numeric" } as const)
      : ({ day: "numeric", month: "short" } as const);
  return dateFormat("en-GB", { ...parts, timeZone: zone }).format(Date.parse(from));
}

/** "2 min ago". */
export function ago(instant: string, now: string): string {
  const minutes = (Date.parse(now) - Date.parse(instant)) / 60_000;
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${whole.format(Math.floor(minutes))} min ago`;
  if (minutes < HOURS_SHOWN_AS_DAYS * 60) return `${whole.format(Math.floor(minutes / 60))} h ago`;
  return `${whole.format(Math.floor(minutes / 60 / 24))} d ago`;
}

/** A commit's sha is shown short; any other id in full. */
export function shortId(id: string): string {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(id) ? id.slice(0, 8) : id;
}

/** "recoveries", "failed deployments", "releases x.y.0". */
export function pluralOf(noun: string): string {
  const [, name = noun, rest = ""] = /^(.*?)( \S*\.\S*)?$/.exec(noun) ?? [];
  return `${/[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ie` : name}s${rest}`;
}
