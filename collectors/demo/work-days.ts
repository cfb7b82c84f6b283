/** When a site works: its days, and what so many hours of work later is. */
import { atClock, daysSinceMonday } from "#metrics/calendar.ts";
import type { Day } from "#metrics/calendar.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Site } from "./company.ts";

export interface WorkDays {
  readonly zone: string;
  /** When so many hours of work are done that begin at an instant; with none: when work next goes on. */
  readonly after: (at: Instant, hours: number) => Instant;
  /** The first working day that begins at an instant or later. */
  readonly dayFrom: (at: Instant) => WorkDay;
  readonly isWorkday: (day: Day) => boolean;
}

export interface WorkDay {
  readonly day: Day;
  readonly from: Instant;
  readonly to: Instant;
}

/** @param until beyond which nothing is asked; days after it are not known. */
export function workDays(site: Site, since: Instant, until: Instant): WorkDays {
  const { zone, hours } = site;
  const [first, last] = [Math.floor(since / DAY) - 7, Math.floor(until / DAY) + 1];
  const off = new Set(holidays(site, first, last).map((date) => Date.parse(date) / DAY));
  const isWorkday = (day: Day) => daysSinceMonday(day) < 5 && !off.has(day);
  const days: WorkDay[] = [];
  for (let day = first; day <= last; day += 1)
    if (isWorkday(day))
      days.push({ day, from: atClock(day, hours.from * 60, zone), to: atClock(day, hours.to * 60, zone) });
  const daily = (hours.to - hours.from) * HOUR;
  /** The first day that is not over. */
  const indexAt = (at: Instant) => firstWhere(days.length, (index) => (days[index]?.to ?? Infinity) > at);
  const day = (index: number) => days[Math.min(index, days.length - 1)] ?? { day: last, from: until, to: until };
  return {
    zone,
    isWorkday,
    after: (at, wanted) => {
      const index = indexAt(at);
      const begun = Math.max(0, at - day(index).from) + wanted * HOUR;
      const whole = Math.floor(begun / daily);
      return day(index + whole).from + (begun - whole * daily);
    },
    dayFrom: (at) => day(firstWhere(days.length, (index) => (days[index]?.from ?? Infinity) >= at)),
  };
}

/** The dates of the years that two days lie in, in order. */
export function holidays({ fixed, afterEaster }: Pick<Site, "fixed" | "afterEaster">, from: Day, to: Day): string[] {
  const years: number[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) years.push(year);
  return years
    .flatMap((year) => [
      ...fixed.map((date) => `${year}-${date}`),
      ...afterEaster.map((days) => dateOf(easter(year) + days)),
    ])
    .toSorted();
}

/** The second Saturday of the month at seven in the morning, at an instant or after it. */
export function windowFrom(at: Instant, zone: string): Instant {
  for (let month = new Date(at - DAY).toISOString().slice(0, 7); ; month = monthAfter(month)) {
    const first = Date.parse(`${month}-01T00:00Z`) / DAY;
    const saturday = first + ((5 - daysSinceMonday(first) + 7) % 7) + 7;
    const opens = atClock(saturday, 7 * 60, zone);
    if (opens >= at) return opens;
  }
}

/** So many hours after midnight of the day, or of the next working day where it is none. */
export function onWorkday({ isWorkday, zone }: WorkDays, day: Day, hour: number): Instant {
  for (let next = day; ; next += 1) if (isWorkday(next)) return atClock(next, hour * 60, zone);
}

export function dateOf(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function monthAfter(month: string): string {
  return new Date(Date.parse(`${month}-01T00:00Z`) + 32 * DAY).toISOString().slice(0, 7);
}

function yearOf(day: Day): number {
  return new Date(day * DAY).getUTCFullYear();
}

/** The Gregorian Easter Sunday (Meeus, Jones & Butcher). */
function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const e = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - e + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1) / DAY;
}

/** The first index of which something is true, where it stays true from then on; the length where it never is. */
function firstWhere(length: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
