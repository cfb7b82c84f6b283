/** The calendar of a question: its window, the one before it, and their periods. Made once, used for every metric. */
import type { IntervalName } from "./calendar.ts";
import { label, periods, startOf } from "./calendar.ts";
import type { Window } from "./time.ts";
import { DAY } from "./time.ts";

export interface Frame {
  readonly window: Window;
  readonly interval: IntervalName;
  readonly zone: string;
}

/** How far the data reaches: from the first fact to the last time everything was looked at. */
export type Reach = Window;

export interface Period extends Window {
  /** 2026-11-22, 2026-W47 or 2026-11. */
  readonly label: string;
  /** The part of it that lies inside the window and that the data reaches. */
  readonly observed: Window;
  /** The period is still running, the window or the data covers only a part of it, or a part of it is left out. */
  readonly partial: boolean;
}

/** A window and what of it the data reaches. */
export interface Span {
  readonly window: Window;
  /** `null` when the data does not reach into the window. */
  readonly observed: Window | null;
  /** The periods of the observed part, in order. */
  readonly periods: readonly Period[];
  /** The time in which nothing counts, whatever happened: windows that do not overlap, in order. */
  readonly out: readonly Window[];
}

export interface Grid {
  readonly now: Span;
  /** The window of the same length just before; a window that is still running is compared with an equally long one. */
  readonly before: Span;
  /** The whole periods just before the window, which its limits are locked from. */
  readonly baseline: Span;
  readonly interval: IntervalName;
}

/** Limits rest on at most so many points (DEFINITIONS §3). */
export const BASELINE = 20;

/**
 * @param reach `null` when there are no facts.
 * @param out the time that is left out.
 */
export function grid(frame: Frame, reach: Reach | null, out: readonly Window[] = []): Grid {
  const { window, interval, zone } = frame;
  const end = reach === null ? window.to : Math.max(window.from, Math.min(window.to, reach.to));
  const baselineEnd = startOf(interval, window.from, zone);
  const longest = { day: 1, week: 7, month: 31 }[interval] * DAY;
  return {
    now: span(window, frame, reach, out),
    before: span({ from: window.from - (end - window.from), to: window.from }, frame, reach, out),
    baseline: span(
      { from: startOf(interval, baselineEnd - BASELINE * longest, zone), to: baselineEnd },
      frame,
      reach,
      out,
    ),
    interval,
  };
}

/** From the first instant to the last that a grid looks at. */
export function horizon({ now, before, baseline }: Grid): Window {
  return { from: Math.min(before.window.from, baseline.window.from), to: now.window.to };
}

function span(window: Window, { interval, zone }: Frame, reach: Reach | null, out: readonly Window[]): Span {
  const observed = overlap(window, reach);
  if (observed === null) return { window, observed, periods: [], out };
  if (out.length > 0) return { window, observed, periods: periodsOf(observed, { interval, zone }, out), out };
  const key = `${observed.from} ${observed.to} ${interval} ${zone}`;
  const known = remembered.get(key) ?? periodsOf(observed, { interval, zone }, out);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (known.length <= LONGEST_REMEMBERED) remembered.set(key, known);
  return { window, observed, periods: known, out };
}

/** Those of whom nothing is left out: many scopes are asked for in the same periods. */
const remembered = new Map<string, readonly Period[]>();
const MOST_REMEMBERED = 200;
const LONGEST_REMEMBERED = 400;

function periodsOf(
  observed: Window,
  { interval, zone }: Pick<Frame, "interval" | "zone">,
  out: readonly Window[],
): readonly Period[] {
  const found: Period[] = [];
  for (const period of periods(observed, interval, zone)) {
    const seen = overlap(period, observed);
    if (seen === null) continue;
    const isCut = out.some((one) => overlap(period, one) !== null);
    const partial = isCut || period.from < observed.from || period.to > observed.to;
    found.push({ ...period, observed: seen, partial, label: label(interval, period.from, zone) });
  }
  return found;
}

/** What two windows share; `null` when that is nothing. */
export function overlap(window: Window, other: Window | null): Window | null {
  if (other === null) return null;
  const part = { from: Math.max(window.from, other.from), to: Math.min(window.to, other.to) };
  return part.from < part.to ? part : null;
}
