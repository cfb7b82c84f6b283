/** When a number rests on too little of what belongs to it, why, and what to do. */
import type { Metric } from "./metric.ts";
import { counted, outOf } from "./words.ts";
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
  return `Only ${outOf(known, total, metric.counts)} ${byNumber(known, "is", "are")} known, so this tells of these alone. ${remedy(metric, "the others")}`;
}

/**
 * Why there is no value, and what to do.
 *
 * @param total how many observations there are, of none of which the value is known.
 */
export function missing(metric: Metric, total: number): string {
  if (total === 0) return `No ${metric.counts} in this window.`;
  return `${counted(total, metric.counts)} in this window, but no known value. ${remedy(metric, total === 1 ? "it" : "them")}`;
}

/** Why values of a metric are unknown, as a rule, and how they become known. */
function remedy({ id, unit }: Metric, whose: "the others" | "it" | "them"): string {
  switch (id) {
    case "lead-time-request":
      return `No issue is linked to ${whose}: name it in the change (“Closes #12”).`;
    case "patch-soon-share":
    case "unsuccessful-attempts":
      return `It is too early to judge ${whose}: choose an earlier end of the window.`;
    case "batch-size-commits":
    case "batch-size-changes":
      return `The commit of ${whose} is not in the history: deploy commits of the default branch, or push deployments with the commits they include.`;
    case "pipeline-queue-time":
    case "approval-wait":
      return `The jobs of ${whose} were not read: name them in the service’s rule for deployments.`;
    case "change-size":
      return `The host tells no size of ${whose}.`;
    case "repair-share":
      return `Nothing says what kind of work is in ${whose}: begin titles with “fix:” or “feat:”, name branches so (“fix/…”), or set a label such as bug.`;
    case "first-deployment-time":
      return `The history of ${whose} is cut off, or the record of deployments begins later: collect the whole history, and push the deployments before it.`;
    case "outside-hours-share":
      return `Nobody said when work is done for ${whose}: give teams a calendar.`;
    default:
      return unit === "working-hours"
        ? `A date of ${whose} is missing or runs backwards, or nobody said when work is done: give teams a calendar, and see Data quality.`
        : `A date of ${whose} is missing or runs backwards: Data quality counts them. Clocks of machines that commit or deploy should be set by NTP.`;
  }
}
