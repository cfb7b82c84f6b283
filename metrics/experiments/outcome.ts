/** What a team tried, and whether it worked: the window after its start against an equally long one before. */
import type { Side } from "../compare.ts";
import { difference } from "../compare.ts";
import type { Metric, Observation } from "../metric.ts";
import { shift } from "../statistics/hodges-lehmann.ts";
import { median, sortedNumbers } from "../statistics/quantile.ts";

/** Which way the metric was meant to go. */
export type Direction = "down" | "up";

/**
 * `running` before the day of the review; `too-early` when on that day too little is known to tell a change from noise, or the data
 * does not reach so far.
 */
export const OUTCOMES = ["running", "worked", "no-difference", "worse", "too-early", "withdrawn"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Weeks, each with what was observed in it in order of time; quiet weeks are weeks, too. */
export type Weeks = readonly (readonly Observation[])[];

/** A window of some weeks, as it is compared and week by week. */
export interface Stretch {
  readonly side: Side;
  readonly weeks: Weeks;
}

export type Found = Extract<Outcome, "worked" | "no-difference" | "worse" | "too-early">;

/**
 * As a page compares the two windows, and more carefully: the weeks must differ too (exact Mann–Whitney, 5 %), since what happens in
 * one week has much in common and is not that many independent trials. A team that tries something looks for what it hopes
 * for, so noise must not look like success.
 */
export function outcomeOf(metric: Metric, wanted: Direction, after: Stretch, before: Stretch): Found {
  const weeks = shift(levels(metric, after.weeks), levels(metric, before.weeks));
  const found = weeks === null ? null : difference(metric, after.side, before.side);
  if (weeks === null || found === null) return "too-early";
  if (weeks.p >= 0.05 || found.verdict === "within-variation") return "no-difference";
  return directionOf(metric, found.change) === wanted ? "worked" : "worse";
}

function directionOf({ statistic }: Metric, change: number | null): Direction {
  const isMore = change === null || change > (statistic === "count" ? 1 : 0); // a ratio to nothing is more
  return isMore ? "up" : "down";
}

/** One number a week, sorted; of a week without known values none, but of a count 0. */
function levels(metric: Metric, weeks: Weeks): Float64Array {
  return sortedNumbers(weeks.flatMap((week) => levelOf(metric, week) ?? []));
}

function levelOf({ statistic }: Metric, week: readonly Observation[]): number | null {
  const known = week.flatMap((one) => ("openFor" in one ? [one.openFor] : one.value === null ? [] : [one.value]));
  switch (statistic) {
    case "count":
      return week.length;
    case "median":
      return median(sortedNumbers(known));
    case "rate":
      return known.length === 0 ? null : known.filter((value) => value === 1).length / known.length;
  }
}
