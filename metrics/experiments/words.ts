/** What is said of an experiment, before and after. */
import type { Measure } from "../measure.ts";
import type { Metric } from "../metric.ts";
import { amount } from "../words.ts";
import type { Found } from "./outcome.ts";
import { LEAST_WEEKS } from "./promise.ts";

/** A target with its unit: `20 h`, `5 %`, `3 a week`. */
export function targetWords(metric: Metric, target: number): string {
  return amount(metric, { value: target, perWeek: metric.statistic === "count" ? target : null, beyond: null });
}

/** @param seen how often, 0 to 1; `null` where the past is too short or too quiet to say. */
export function promiseWords(metric: Metric, target: number, weeks: number, seen: number | null): string {
  if (seen === null)
    return `Nobody can say how often ${targetWords(metric, target)} would be seen: that takes ${LEAST_WEEKS} weeks of the past in which something happened.`;
  const share = Math.round(seen * 100);
  const often = `If it becomes ${targetWords(metric, target)}, ${weeks} weeks show it in ${share} of 100 such experiments`;
  if (share >= 80) return `${often}.`;
  return `${often}: more weeks, or a larger step, would show it more often.`;
}

/** @param seen as it was promised. */
export function outcomeWords(
  metric: Metric,
  found: Found,
  { before, after, target, seen }: { before: Measure; after: Measure; target: number; seen: number | null },
): string {
  const numbers = `${amount(metric, before)} before, ${amount(metric, after)} after`;
  const meant = `it was meant to become ${targetWords(metric, target)}`;
  switch (found) {
    case "worked":
      return `Worked: ${numbers}, outside normal variation; ${meant}. That it came after is sure, that it came from it is not.`;
    case "worse":
      return `Worse: ${numbers}, outside normal variation; ${meant}.`;
    case "no-difference": {
      const missed =
        seen === null ? "" : ` The step that was hoped for would have been seen in ${Math.round(seen * 100)} of 100.`;
      return `No difference: ${numbers}, within normal variation; ${meant}.${missed}`;
    }
    case "too-early":
      return `Too early: ${numbers}, too few to tell a change from noise; ${meant}.`;
  }
}
