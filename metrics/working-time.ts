/**
 * Time that somebody works: by weekday, hours and holidays, in a zone.
 *
 * Exact where clocks change: nine to five is eight hours on any day, round the clock is 23, 24 or 25. Half-open, so that parts of a
 * span add up to it.
 */
import type { Day } from "./calendar.ts";
import { atClock, daysSinceMonday, startOfDay } from "./calendar.ts";
import type { Instant, Window } from "./time.ts";
import { DAY, HOUR, MINUTE } from "./time.ts";

/** Minutes after midnight, from 0 to 1440, half-open. */
export interface ClockSpan {
  readonly from: number;
  readonly to: number;
}

/** When work is done. */
export interface WorkCalendar {
  readonly zone: string;
  /** Of each weekday from Monday: its spans in order and apart; none on a day off. */
  readonly week: readonly (readonly ClockSpan[])[];
  /** Dates (2026-12-25) on which nobody works. */
  readonly holidays: readonly string[];
}

export interface WorkingTime {
  /** Milliseconds worked between two instants; 0 where the second comes first. `null` where nobody said the hours. */
  readonly worked: (from: Instant, to: Instant) => number | null;
  /** Whether work is done at an instant; `null` where nobody said the hours. */
  readonly isWorking: (at: Instant) => boolean | null;
}

/** Where nobody said when work is done. */
export const UNKNOWN_HOURS: WorkingTime = { worked: () => null, isWorking: () => null };

/**
 * Working hours from one instant to another, as elapsed ones are told by `hoursBetween`.
 *
 * @returns `null` when an instant or the hours are unknown, or the span would be negative (clock skew).
 */
export function workingHours({ worked }: WorkingTime): (from: Instant | null, to: Instant | null) => number | null {
  return (from, to) => {
    if (from === null || to === null || to < from) return null;
    const time = worked(from, to);
    return time === null ? null : time / HOUR;
  };
}

/** So many days are reckoned at a time, when one of them is first asked for. */
const BLOCK = 512;

/** Some days: where each begins, and what is worked before it, since the first; one more at the end. */
interface Block {
  readonly starts: Float64Array;
  readonly before: Float64Array;
}

/**
 * The time of a calendar. Days are reckoned once, by blocks; then a span costs one step for each block it covers, however many spans
 * are asked for.
 */
export function workingTime(calendar: WorkCalendar): WorkingTime {
  const { zone } = calendar;
  const holidays = new Set(calendar.holidays.map((date) => Date.parse(`${date}T00:00Z`) / DAY));
  const blocks = new Map<number, Block>();
  const blockAt = (index: number): Block => {
    const known = blocks.get(index);
    if (known !== undefined) return known;
    const made = blockOf(index, (day) => spansOf(calendar, holidays, day), zone);
    blocks.set(index, made);
    return made;
  };
  const find = (at: Instant): Found => {
    // The date of an instant is that of UTC, the one before or the one after.
    const guess = Math.floor(at / DAY) + 1;
    for (let day = guess; ; day -= 1) {
      const index = Math.floor(day / BLOCK);
      const { starts, before } = blockAt(index);
      const place = day - index * BLOCK;
      const start = starts[place] ?? Infinity;
      if (start <= at)
        return { index, day, start, isWhole: starts[place + 1] === start + DAY, before: before[place] ?? 0 };
    }
  };
  const spans = ({ day, start, isWhole }: Found): readonly Window[] =>
    spansOf(calendar, holidays, day).map((span) => (isWhole ? onPlainDay(span, start) : onDay(span, day, zone)));
  /** Since the beginning of the block. */
  const since = (found: Found, at: Instant): number => {
    let time = found.before;
    for (const { from, to } of spans(found)) time += Math.max(0, Math.min(at, to) - from);
    return time;
  };
  return {
    worked: (from, to) => {
      if (to <= from) return 0;
      const [first, last] = [find(from), find(to)];
      let time = since(last, to) - since(first, from);
      for (let index = first.index; index < last.index; index += 1) time += blockAt(index).before[BLOCK] ?? 0;
      return time;
    },
    isWorking: (at) => spans(find(at)).some(({ from, to }) => at >= from && at < to),
  };
}

/** The day of an instant. */
interface Found {
  /** Of its block. */
  readonly index: number;
  readonly day: Day;
  readonly start: Instant;
  /** Whether it has 24 hours, so that its clocks do not change. */
  readonly isWhole: boolean;
  /** What is worked before it, since the beginning of the block. */
  readonly before: number;
}

function blockOf(index: number, spans: (day: Day) => readonly ClockSpan[], zone: string): Block {
  const [starts, before] = [new Float64Array(BLOCK + 1), new Float64Array(BLOCK + 1)];
  starts[0] = startOfDay(index * BLOCK, zone);
  for (let place = 0; place < BLOCK; place += 1) {
    const day = index * BLOCK + place;
    const [start, end] = [starts[place] ?? 0, startOfDay(day + 1, zone)];
    let time = 0;
    for (const span of spans(day)) {
      const { from, to } = end - start === DAY ? onPlainDay(span, start) : onDay(span, day, zone);
      time += to - from;
    }
    starts[place + 1] = end;
    before[place + 1] = (before[place] ?? 0) + time;
  }
  return { starts, before };
}

const NO_SPANS: readonly ClockSpan[] = [];

function spansOf({ week }: WorkCalendar, holidays: ReadonlySet<Day>, day: Day): readonly ClockSpan[] {
  return holidays.has(day) ? NO_SPANS : (week[daysSinceMonday(day)] ?? NO_SPANS);
}

function onPlainDay({ from, to }: ClockSpan, start: Instant): Window {
  return { from: start + from * MINUTE, to: start + to * MINUTE };
}

function onDay({ from, to }: ClockSpan, day: Day, zone: string): Window {
  return { from: atClock(day, from, zone), to: atClock(day, to, zone) };
}

/** Whose hours hold at a time. */
export interface Turn extends Window {
  readonly time: WorkingTime;
}

/**
 * The hours of some who work one after another: each in its own time, as those of teams that owned a service in turn.
 *
 * @param turns in order, apart, and without gaps; time outside all of them is unknown.
 */
export function inTurn(turns: readonly Turn[]): WorkingTime {
  const [only] = turns;
  if (only !== undefined && turns.length === 1 && only.from === -Infinity && only.to === Infinity) return only.time;
  const turnAt = (at: Instant): Turn | undefined => turns.find(({ from, to }) => at >= from && at < to);
  return {
    worked: (from, to) => {
      // No time at all is none of somebody's hours, and unknown where nobody said these.
      if (to <= from) return turnAt(from)?.time.worked(from, to) ?? null;
      let [time, covered] = [0, 0];
      for (const turn of turns) {
        const [begin, end] = [Math.max(from, turn.from), Math.min(to, turn.to)];
        if (begin >= end) continue;
        const part = turn.time.worked(begin, end);
        if (part === null) return null;
        time += part;
        covered += end - begin;
      }
      return covered === to - from ? time : null;
    },
    isWorking: (at) => turnAt(at)?.time.isWorking(at) ?? null,
  };
}
