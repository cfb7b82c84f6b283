import type { Survival, SurvivalStep } from "./kaplan-meier.ts";
import { Z95 } from "./normal.ts";
import { reaching } from "./survival-quantile.ts";

export interface SurvivalMedianInterval {
  /** `null` when too little is known for a lower limit. */
  readonly low: number | null;
  /** `null` when the median may be longer than anything seen. */
  readonly high: number | null;
}

/**
 * The 95 % interval for the median of a survival curve, in the unit of the durations: the times at which the curve's own
 * interval, log-log transformed, holds one half (Brookmeyer & Crowley 1982; Klein & Moeschberger 2003, §4.5; R's
 * `survfit` with `conf.type = "log-log"`).
 */
export function survivalMedianInterval({ steps }: Survival): SurvivalMedianInterval {
  return {
    low: reaching(0.5, steps, (step) => limit(step, 1)),
    high: reaching(0.5, steps, (step) => limit(step, -1)),
  };
}

/** The lower (1) or upper (−1) limit of the survival at a step; `NaN` where none is left and nothing can be said. */
function limit({ survival, variance }: SurvivalStep, side: 1 | -1): number {
  if (survival === 1) return 1;
  return survival === 0 ? Number.NaN : survival ** Math.exp((-side * Z95 * Math.sqrt(variance)) / Math.log(survival));
}
