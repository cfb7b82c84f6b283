import type { Survival, SurvivalStep } from "./kaplan-meier.ts";

/** A product of shares may miss the level that it means by this much. */
const ROUNDING = 1e-9;

/**
 * The time within which the share p ends, in the unit of the durations; the median for p = 0.5.
 *
 * Where the curve lies level at 1 − p it is the middle of that part, as in R's `survfit`: with nothing open the median is then the
 * ordinary one. Of a level part that nobody has seen the end of it is the beginning. R goes on to the longest time seen, which would
 * move the median of one incident that is over and one that is not by half a day every day.
 *
 * @returns `null` when the curve does not fall that far (it takes more than `longest`) or p lies outside (0, 1].
 */
export function survivalQuantile({ steps }: Survival, p: number): number | null {
  return p <= 0 || p > 1 ? null : reaching(1 - p, steps, ({ survival }) => survival);
}

/** When a falling height comes down to a level; `null` when it does not. Unknown heights are `NaN`. */
export function reaching(
  level: number,
  steps: readonly SurvivalStep[],
  height: (step: SurvivalStep) => number,
): number | null {
  const first = steps.find((step) => height(step) <= level + ROUNDING);
  if (first === undefined) return null;
  if (height(first) < level - ROUNDING) return first.time;
  const below = steps.find((step) => height(step) < level - ROUNDING);
  return below === undefined ? first.time : (first.time + below.time) / 2;
}
