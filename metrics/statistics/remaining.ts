import type { Survival } from "./kaplan-meier.ts";
import { reaching } from "./survival-quantile.ts";

export interface Remaining {
  /** Half of what gets this old ends within this much more time; `null` when it may take more than `known`. */
  readonly p50: number | null;
  /** The same for 85 %. */
  readonly p85: number | null;
  /** How many are known to have lasted longer than this age. */
  readonly n: number;
  /** How much more time has been seen. */
  readonly known: number;
}

/**
 * How much longer things take that are already this old, in the unit of the durations: the quantiles of the conditional
 * survival S(age + t) / S(age) (Klein & Moeschberger 2003, §2.4).
 *
 * @returns `null` when nothing is known to have lasted longer.
 */
export function remaining({ steps, longest }: Survival, age: number): Remaining | null {
  const later = steps.filter(({ time }) => time > age);
  const [next] = later;
  if (next === undefined) return null;
  const survival = steps.findLast(({ time }) => time <= age)?.survival ?? 1;
  const within = (p: number): number | null => {
    const end = reaching((1 - p) * survival, later, (step) => step.survival);
    return end === null ? null : end - age;
  };
  return { p50: within(0.5), p85: within(0.85), n: next.atRisk, known: longest - age };
}
