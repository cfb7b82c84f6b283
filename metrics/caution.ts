/** When a number rests on too little of what belongs to it, why, and what to do. */
import type { Metric } from "./metric.ts";
import { outOf } from "./words.ts";
import { byNumber } from "./plurals.ts";

/** A smaller share of known values makes a number one of some of the work only (DEFINITIONS §4). */
const ENOUGH = 0.8;

/**
 * One or two sentences for people.
 *
 * @param coverage the share of the observations whose value is known, of `total`; `null` where there are none.
 * @returns `null` where enough is known.
 */
export function caution(metric: Metric, coverage: number | null, total: number): string | null {
  if (coverage === null || coverage >= ENOUGH) return null;
  const known = Math.round(coverage * total);
  return `Only ${outOf(known, total, metric.counts)} ${byNumber(known, "is", "are")} known, so this tells of these alone. ${remedy(metric)}`;
}

/** Why values of a metric are unknown, as a rule, and how they become known. */
function remedy({ id, unit }: Metric): string {
  switch (id) {
    case "lead-time-request":
      return "The others have no linked issue: name it in the change (“Closes #12”).";
    case "patch-soon-share":
    case "unsuccessful-attempts":
      return "The others are too young to be judged: choose an earlier end of the window.";
    case "batch-size-commits":
    case "batch-size-changes":
      return "The commit of the others is not in the history: deploy commits of the default branch, or push deployments with the commits they include.";
    case "pipeline-queue-time":
    case "approval-wait":
      return "The jobs of the others were not read: name them in the service’s rule for deployments.";
    case "change-size":
      return "Of the others the host tells no size.";
    case "outside-hours-share":
      return "Nobody said when work is done for the others: give their teams a calendar.";
    default:
      return unit === "working-hours"
        ? "Of the others a date is missing or runs backwards, or nobody said when work is done: give their teams a calendar, and see Data quality."
        : "Of the others a date is missing or runs backwards: Data quality counts them. Clocks of machines that commit or deploy should be set by NTP.";
  }
}
