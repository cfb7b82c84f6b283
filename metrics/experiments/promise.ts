/** How often an experiment would be seen to have worked, if it did what it is meant to do: said before it starts. */
import type { Metric, Observation } from "../metric.ts";
import { isOngoing } from "../metric.ts";
import { mean } from "../statistics/mean.ts";
import { median, sortedNumbers } from "../statistics/quantile.ts";
import { random } from "../statistics/random.ts";
import { sum } from "../statistics/sum.ts";
import type { Instant } from "../time.ts";
import { WEEK } from "../time.ts";
import type { Stretch, Weeks } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";

/** Fewer weeks do not show how much weeks differ. */
export const LEAST_WEEKS = 6;
const TRIALS = 200;

export interface Promise {
  /** What the metric was in these weeks: a week's count, a median, a share. */
  readonly from: number;
  /** The share of simulated experiments that were seen to have worked, 0 to 1. */
  readonly seen: number;
}

type Draw = (below: number) => number;

/** What the metric was over some weeks, in the terms of its targets; `null` when nothing was observed. */
export function usual(metric: Metric, weeks: Weeks): number | null {
  const known = weeks.flat().flatMap(({ value }) => (value === null ? [] : [value]));
  if (weeks.length === 0) return null;
  switch (metric.statistic) {
    case "count":
      return known.length / weeks.length;
    case "median":
      return median(sortedNumbers(known));
    case "rate":
      return known.length === 0 ? null : known.filter((value) => value === 1).length / known.length;
  }
}

/**
 * Simulates the experiment: both windows are drawn from the past, the window after with the effect, and compared as the review will
 * compare them. Both are drawn, since the window before is as much a matter of chance as the one after.
 *
 * Of medians and rates whole weeks are drawn, which keeps what arrives together and how much weeks differ (a bootstrap of blocks:
 * Davison & Hinkley 1997, §8.2). Counts are drawn from a negative binomial with the mean and the spread of the past (fitted by
 * moments: Cameron & Trivedi 2013, §3.3), since nobody knows how weeks that were never as busy would differ.
 *
 * @param past complete weeks, in any order.
 * @param length of each window, in weeks.
 * @param to what the metric is meant to become, in the terms of `usual`.
 * @returns `null` where the past has fewer than 6 weeks, or nothing from which such an effect could start.
 */
export function promise(metric: Metric, past: Weeks, length: number, to: number, seed = 1): Promise | null {
  const from = usual(metric, past);
  if (past.length < LEAST_WEEKS || from === null || from === to || (from === 0 && metric.statistic !== "rate"))
    return null;
  const draw = random(seed);
  const wanted = to < from ? "down" : "up";
  const counts = past.map((week) => week.length);
  const stretch = (isAfter: boolean): Stretch =>
    metric.statistic === "count"
      ? counted(Array.from({ length }, () => busy(counts, isAfter ? to / from : 1, draw)))
      : drawn(past, length, draw, (one) => (isAfter ? changed(metric, one, { from, to }, draw) : one));
  let seen = 0;
  for (let trial = 0; trial < TRIALS; trial++)
    if (outcomeOf(metric, wanted, stretch(true), stretch(false)) === "worked") seen += 1;
  return { from, seen: seen / TRIALS };
}

/** Weeks side by side, however they lay in the past. @param effect what becomes of each observation. */
function drawn(past: Weeks, length: number, draw: Draw, effect: (one: Observation) => Observation): Stretch {
  const weeks = Array.from({ length }, (_, index) =>
    (past[draw(past.length)] ?? []).map((one) => ({ ...effect(one), at: placed(one.at, index) })),
  );
  return stretchOf(weeks);
}

function counted(counts: readonly number[]): Stretch {
  const event = (at: Instant): Observation => ({ at, value: 1 });
  return stretchOf(counts.map((count, index) => Array.from({ length: count }, () => event(index * WEEK))));
}

function stretchOf(weeks: Weeks): Stretch {
  const side = { observations: weeks.flat(), exposure: weeks.length * WEEK, counts: weeks.map((week) => week.length) };
  return { side, weeks };
}

function placed(at: Instant, week: number): Instant {
  return (((at % WEEK) + WEEK) % WEEK) + week * WEEK;
}

/** One observation as it would have been with the effect: longer or shorter, or with another outcome. */
function changed(
  { statistic }: Metric,
  one: Observation,
  { from, to }: { readonly from: number; readonly to: number },
  draw: Draw,
): Observation {
  if (statistic === "median") {
    if (isOngoing(one)) return { ...one, openFor: (one.openFor * to) / from };
    return one.value === null ? one : { ...one, value: (one.value * to) / from };
  }
  if (one.value === 1) return uniform(draw) < to / from ? one : { ...one, value: 0 };
  return one.value === 0 && uniform(draw) < (to - from) / (1 - from) ? { ...one, value: 1 } : one;
}

/** How much happens in a week that is as uneven as those of the past, times an effect. */
function busy(counts: readonly number[], effect: number, draw: Draw): number {
  const middle = mean(counts);
  const variance = sum(counts.map((count) => (count - middle) ** 2)) / (counts.length - 1);
  const uneven = (variance - middle) / middle ** 2;
  const level = middle * effect * (uneven > 0 ? gamma(1 / uneven, draw) * uneven : 1);
  return poisson(level, draw);
}

/** By adding the waits between events: Knuth, TAOCP 2, §3.4.1. */
function poisson(level: number, draw: Draw): number {
  let count = -1;
  for (let waited = 0; waited <= level; count++) waited -= Math.log(1 - uniform(draw));
  return count;
}

/** A gamma variate of mean and variance `shape` (Marsaglia & Tsang 2000). */
function gamma(shape: number, draw: Draw): number {
  if (shape < 1) return gamma(shape + 1, draw) * (1 - uniform(draw)) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform(draw))) * Math.cos(2 * Math.PI * uniform(draw));
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - uniform(draw)) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** From 0 to below 1. */
function uniform(draw: Draw): number {
  return draw(2 ** 32) / 2 ** 32;
}
