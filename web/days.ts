/** Calendar days as text, `2026-11-22`, in the organisation's zone. */
import { dateFormat } from "./date-format.ts";

const DAY_MS = 86_400_000;

/** The calendar day an instant falls on in a zone. */
export function dayIn(zone: string, instant: string): string {
  return dateFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    Date.parse(instant),
  );
}

/** The day a number of days later; earlier when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of a day's week, so that a window begins with a whole week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
}

/** The same day of an earlier year; 29 February becomes 28. */
export function yearsBefore(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) - years).padStart(4, "0");
  const same = `${year}${day.slice(4)}`;
  const exists = new Date(`${same}T00:00Z`).toISOString().startsWith(same);
  return exists ? same : `${year}-02-28`;
}

/** Whether the text is a calendar day or an exact instant, as the API takes them. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The first day of a window, for a date input. */
export function firstDay(zone: string, from: string): string {
  return from.length === 10 ? from : dayIn(zone, from);
}

/** The last day inside a window whose end is excluded, for a date input that includes it. */
export function lastDay(zone: string, to: string): string {
  return to.length === 10 ? addDays(to, -1) : dayIn(zone, new Date(Date.parse(to) - 1).toISOString());
}

/** "2026-Q3": the quarter of the calendar in which a day lies. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The first day of a quarter, and the day after its last; `null` of what is none. */
export function daysOfQuarter(quarter: string): { readonly from: string; readonly to: string } | null {
  const [, year = "", number = ""] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? [];
  if (year === "") return null;
  const first = (at: number): string => new Date(Date.UTC(Number(year), at, 1)).toISOString().slice(0, 10);
  return { from: first(3 * Number(number) - 3), to: first(3 * Number(number)) };
}

/** The first day of a month, and the day after its last; `null` of what is none. */
export function daysOfMonth(month: string): { readonly from: string; readonly to: string } | null {
  const [, year = "", number = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  return year === "" ? null : { from: `${month}-01`, to: `${monthsBefore(`${year}-${number}`, -1)}-01` };
}

/** The month a number of months before; later when negative. */
export function monthsBefore(month: string, months: number): string {
  const count = 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7)) - 1 - months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** The quarter a number of quarters before. */
export function quartersBefore(quarter: string, quarters: number): string {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  const count = 4 * year + number - 1 - quarters;
  return `${Math.floor(count / 4)}-Q${(count % 4) + 1}`;
}
