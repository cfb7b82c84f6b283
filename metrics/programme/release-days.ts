/** When a system can change, as people write it, and which services keep to that. Systems without a repository have no other trace of their releases. */
import { dateOf } from "../calendar.ts";
import type { Instant } from "../time.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const PLACES: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

const WEEKDAY = `(${WEEKDAYS.join("|")})`;
const OF_MONTH = new RegExp(`(first|second|third|fourth|last) ${WEEKDAY} (?:of|in|each|every)`);
const EVERY = new RegExp(`(?:every|each|on) ${WEEKDAY}s?`);
const DATE = /(?:day|on the|every) (\d{1,2})(?:st|nd|rd|th)? of (?:the|each|every) month/;

/** Whether it is a release day, of a date such as `2026-11-28`. */
export type ReleaseDays = (date: string) => boolean;

/**
 * Understands "every Saturday", "second Saturday of the month", "last Sunday of each month" and "day 15 of the month".
 *
 * @returns `null` where the words say no days that are the same to everybody, such as "every second Sunday": nobody knows from which on.
 */
export function releaseDays(words: string): ReleaseDays | null {
  const text = words.toLowerCase();
  const [, place, weekday] = OF_MONTH.exec(text) ?? [];
  if (place !== undefined && weekday !== undefined) return (date) => isNth(date, weekday, PLACES[place] ?? 0);
  const [, each] = EVERY.exec(text) ?? [];
  if (each !== undefined) return (date) => weekdayOf(date) === each;
  const [, day] = DATE.exec(text) ?? [];
  return day === undefined ? null : (date) => Number(date.slice(8)) === Number(day);
}

function weekdayOf(date: string): string | undefined {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
}

function isNth(date: string, weekday: string, place: number): boolean {
  if (weekdayOf(date) !== weekday) return false;
  const [day, last] = [Number(date.slice(8)), daysInMonth(date)];
  return place === -1 ? day > last - 7 : Math.ceil(day / 7) === place;
}

function daysInMonth(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}

export interface Calendared {
  readonly system: string;
  readonly isReleaseDay: ReleaseDays;
}

/** So many deployments at least, and such a share of them on the days, so that none is bound by chance. */
const [LEAST, SHARE] = [3, 0.8];

/**
 * The first of some systems in whose release days a service is deployed: on four of five of its days.
 *
 * @param deployedAt of its deployments.
 * @returns `null`: it is bound to none of them, or is deployed too seldom to say.
 */
export function boundTo(deployedAt: readonly Instant[], systems: readonly Calendared[], zone: string): string | null {
  const dates = [...new Set(deployedAt.map((at) => dateOf(at, zone)))];
  if (dates.length < LEAST) return null;
  const found = systems.find(
    ({ isReleaseDay }) => dates.filter((date) => isReleaseDay(date)).length >= SHARE * dates.length,
  );
  return found?.system ?? null;
}
