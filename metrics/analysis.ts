/** Everything that is said about one metric in one window: the number, its series, its limits, and the window before it. */
import type { IntervalName } from "./calendar.ts";
import { periods, startOf } from "./calendar.ts";
import type { Change } from "./compare.ts";
import { compare } from "./compare.ts";
import type { Measure } from "./measure.ts";
import { measure } from "./measure.ts";
import type { Metric, Observation } from "./metric.ts";
import type { Limits, Point, Reach } from "./series.ts";
import { BASELINE, limits, observedPart, series, slice } from "./series.ts";
import type { Window } from "./time.ts";
import { DAY } from "./time.ts";

export interface Frame {
  readonly window: Window;
  readonly interval: IntervalName;
  readonly zone: string;
}

export interface Analysis {
  readonly whole: Measure;
  /** The window of the same length just before; `null` when the data does not reach into it. */
  readonly previous: { readonly window: Window; readonly measure: Measure; readonly change: Change | null } | null;
  readonly points: readonly Point[];
  readonly limits: Limits | null;
}

/** The window of the same length just before. A window that is still running is compared with an equally long one. */
export function windowBefore({ from, to }: Window, reach: Reach | null): Window {
  const end = reach === null ? to : Math.max(from, Math.min(to, reach.to));
  return { from: from - (end - from), to: from };
}

/** What must be known to analyse a window: itself, the one before it, and the periods its limits are locked from. */
export function horizon({ window, interval, zone }: Frame, reach: Reach | null): Window {
  const longest = { day: 1, week: 7, month: 31 }[interval] * DAY;
  const baseline = startOf(interval, window.from - BASELINE * longest, zone);
  return { from: Math.min(windowBefore(window, reach).from, baseline), to: window.to };
}

/** @param observations ordered by time, reaching over the whole `horizon`. */
export function analyse(metric: Metric, observations: readonly Observation[], frame: Frame, reach: Reach | null): Analysis {
  const { window, interval, zone } = frame;
  const points = series(metric, observations, window, reach, interval, zone);
  return {
    whole: measure(metric, slice(observations, window), observedPart(window, reach)),
    previous: compareBefore(metric, observations, frame, reach),
    points,
    limits: limits(metric, series(metric, observations, baselineWindow(frame, reach), reach, interval, zone), points),
  };
}

/** The whole periods that end before the window begins. */
function baselineWindow(frame: Frame, reach: Reach | null): Window {
  const { interval, zone, window } = frame;
  const to = startOf(interval, window.from, zone);
  return { from: Math.min(startOf(interval, horizon(frame, reach).from, zone), to), to };
}

function compareBefore(metric: Metric, observations: readonly Observation[], { window, interval, zone }: Frame, reach: Reach | null): Analysis["previous"] {
  const before = windowBefore(window, reach);
  const [observed, observedBefore] = [observedPart(window, reach), observedPart(before, reach)];
  if (observed === null || observedBefore === null) return null;
  const side = (part: Window) => ({
    observations: slice(observations, part),
    exposure: part.to - part.from,
    counts: completePeriods(part, interval, zone).map((period) => slice(observations, period).length),
  });
  return {
    window: before,
    measure: measure(metric, slice(observations, before), observedBefore),
    change: compare(metric, side(observed), side(observedBefore)),
  };
}

function completePeriods(part: Window, interval: IntervalName, zone: string): readonly Window[] {
  return periods(part, interval, zone).filter(({ from, to }) => from >= part.from && to <= part.to);
}
