import { tzOffset } from "@date-fns/tz";
import { utc } from "@date-fns/utc";
import { addMonths, getISOWeek, getISOWeekYear, startOfMonth } from "date-fns";
import { DAY, MINUTE } from "./time.ts";
import type { Instant, Window } from "./time.ts";

/** Weeks are ISO 8601: they begin on Monday. */
export type IntervalName = "day" | "week" | "month";

/**
 * A calendar date as whole days since 1970-01-01. Dates have neither zone nor clock, so that arithmetic on them is
 * exact; only `startOfDay`, `dayAt` and `atClock` know zones.
 *
 * Why not date-fns' `startOfDay(at, { in: tz(zone) })`: with @date-fns/tz 1.5.0 it can be an hour late where the clock
 * shows midnight twice (Havana, Amman), and on which days depends on the zone of the machine.
 */
export type Day = number;

/** The beginning of the calendar period in which an instant lies. */
export function startOf(interval: IntervalName, at: Instant, zone: string): Instant {
  return startOfDay(firstDay(interval, dayAt(at, zone)), zone);
}

/** The beginning of the calendar period after the one in which an instant lies. */
export function next(interval: IntervalName, start: Instant, zone: string): Instant {
  return startOfDay(nextDay(interval, dayAt(start, zone)), zone);
}

/**
 * The whole calendar periods that overlap a window, in order and without gaps: from the one that contains
 * `window.from` to the one that contains the instant before `window.to`. None for an empty window.
 */
export function periods(window: Window, interval: IntervalName, zone: string): readonly Window[] {
  if (window.to <= window.from) return [];
  const found: Window[] = [];
  let day = firstDay(interval, dayAt(window.from, zone));
  let from = startOfDay(day, zone);
  while (from < window.to) {
    day = nextDay(interval, day);
    const to = startOfDay(day, zone);
    if (to > from) found.push({ from, to });
    from = to;
  }
  return found;
}

/** The name of the calendar period in which an instant lies: "2026-11-22", "2026-W47" (ISO 8601), "2026-11". */
export function label(interval: IntervalName, start: Instant, zone: string): string {
  const day = dayAt(start, zone);
  switch (interval) {
    case "day":
      return isoDate(day);
    case "week":
      return isoWeek(day);
    case "month":
      return isoDate(day).slice(0, 7);
  }
}

/** The beginning of a date ("2026-11-22") in a zone; NaN for what is no date, which is for the boundary to refuse. */
export function startOfDate(date: string, zone: string): Instant {
  return startOfDay(Date.parse(`${date}T00:00:00Z`) / DAY, zone);
}

/** The date of an instant in a zone: "2026-11-22". */
export function dateOf(at: Instant, zone: string): string {
  return isoDate(dayAt(at, zone));
}

/** The days from Monday to Friday that begin in a window, holidays included. */
export function workingDays({ from, to }: Window, zone: string): number {
  if (to <= from) return 0;
  return weekdaysBefore(firstDayFrom(to, zone)) - weekdaysBefore(firstDayFrom(from, zone));
}

/** Whether this names a zone of the IANA time zone database, such as "Europe/Berlin" or "UTC"; offsets do not. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}

/**
 * When the clocks of a zone first show this date: the earlier midnight where there are two, the end of the gap where
 * there is none.
 */
export function startOfDay(day: Day, zone: string): Instant {
  const before = offsetAt((day - 1) * DAY, zone);
  const after = offsetAt((day + 1) * DAY, zone);
  const early = day * DAY - before;
  const late = day * DAY - after;
  if (before === after || offsetAt(early, zone) === before) return early;
  return offsetAt(late, zone) === after ? late : early;
}

/**
 * When the clocks of a zone first show so many minutes after midnight of a date, from 0 to 1440: the earlier time where they show it
 * twice, the end of the gap where they never do. So later times of a date never come earlier.
 */
export function atClock(day: Day, minutes: number, zone: string): Instant {
  if (minutes === 0 || minutes * MINUTE === DAY) return startOfDay(day + minutes / (DAY / MINUTE), zone);
  const shown = day * DAY + minutes * MINUTE;
  const [before, after] = [offsetAt(shown - DAY, zone), offsetAt(shown + DAY, zone)];
  if (before === after || offsetAt(shown - before, zone) === before) return shown - before;
  if (offsetAt(shown - after, zone) === after) return shown - after;
  return firstAfterChange(shown - after, shown - before, zone);
}

/** The first instant after the one change of a zone's clocks between two instants. */
function firstAfterChange(before: Instant, after: Instant, zone: string): Instant {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offsetAt(before, zone)) low = middle;
    else high = middle;
  }
  return high;
}

/** The date of an instant. Clocks put back over midnight show the old date again: the new one, once begun, goes on. */
function dayAt(at: Instant, zone: string): Day {
  const day = Math.floor((at + offsetAt(at, zone)) / DAY);
  return at < startOfDay(day + 1, zone) ? day : day + 1;
}

/**
 * What the clocks of a zone are ahead of UTC, in milliseconds. Asking Intl is slow, and answers ask for hundreds of thousands of instants: on a day at whose ends the clocks say
 * the same, they say it all day.
 */
function offsetAt(at: Instant, zone: string): number {
  if (zone === "UTC") return 0;
  const known = offsets.get(zone) ?? new Map<Day, number | null>();
  if (known.size >= MOST_REMEMBERED) known.clear();
  offsets.set(zone, known);
  const day = Math.floor(at / DAY);
  let offset = known.get(day);
  if (offset === undefined) {
    const first = askedOffset(day * DAY, zone);
    offset = askedOffset((day + 1) * DAY, zone) === first ? first : null;
    known.set(day, offset);
  }
  return offset ?? askedOffset(at, zone);
}

function askedOffset(at: Instant, zone: string): number {
  return Math.round(tzOffset(zone, new Date(at)) * MINUTE);
}

/** By zone and day of UTC; `null`: the clocks change in it. */
const offsets = new Map<string, Map<Day, number | null>>();
const MOST_REMEMBERED = 50_000;

function firstDay(interval: IntervalName, day: Day): Day {
  switch (interval) {
    case "day":
      return day;
    case "week":
      return day - daysSinceMonday(day);
    case "month":
      return toDay(startOfMonth(day * DAY, DATES));
  }
}

function nextDay(interval: IntervalName, day: Day): Day {
  const first = firstDay(interval, day);
  switch (interval) {
    case "day":
      return first + 1;
    case "week":
      return first + 7;
    case "month":
      return toDay(addMonths(first * DAY, 1, DATES));
  }
}

/** Dates are reckoned in UTC, where every day has 24 hours, whatever the zone of the machine. */
const DATES = { in: utc };

function toDay(date: Date): Day {
  return date.getTime() / DAY;
}

/** The first date that begins at or after an instant. */
function firstDayFrom(at: Instant, zone: string): Day {
  const day = dayAt(at, zone);
  return startOfDay(day, zone) < at ? day + 1 : day;
}

/** From 0 to 6. 1970-01-01 was a Thursday. */
export function daysSinceMonday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Monday to Friday, counted from the Monday before 1970; only differences mean something. */
function weekdaysBefore(day: Day): number {
  return Math.floor((day + 3) / 7) * 5 + Math.min(daysSinceMonday(day), 5);
}

function isoDate(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Every answer names the same weeks. */
const weeks = new Map<Day, string>();

function isoWeek(day: Day): string {
  const name = weeks.get(day) ?? weekOf(day);
  if (weeks.size >= MOST_REMEMBERED) weeks.clear();
  weeks.set(day, name);
  return name;
}

function weekOf(day: Day): string {
  const [year, week] = [getISOWeekYear(day * DAY, DATES), getISOWeek(day * DAY, DATES)];
  return `${year}-W${String(week).padStart(2, "0")}`;
}
