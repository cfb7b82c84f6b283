import { bisect } from "./bisect.ts";
import { clopperPearson } from "./clopper-pearson.ts";
import type { Interval } from "./interval.ts";
import { logFactorial } from "./log-factorial.ts";

/**
 * The exact 95 % interval for the expected number of events behind a count (Garwood 1936).
 *
 * A count of 0 is data, not its absence: (0, 3.689).
 */
export function poissonInterval(count: number): Interval {
  return {
    low: count === 0 ? 0 : bisect((mean) => atLeast(count, mean) - 0.025, 0, count),
    high: bisect((mean) => 0.025 - atMost(count, mean), count, count + 4 * Math.sqrt(count) + 4),
  };
}

export interface RateRatio {
  /** First rate over second; `null` when the second count is 0: however large, it cannot be said. */
  readonly ratio: number | null;
  readonly low: number;
  /** `null` when the second count is 0: no upper limit. */
  readonly high: number | null;
}

/**
 * How many times the rate of k1 events in exposure1 is that of k2 in exposure2 (days, deployments: the same unit for
 * both), with its exact 95 % interval: given k1 + k2, k1 is binomial, so Clopper–Pearson applies
 * (Przyborowski & Wilenski 1940; R's `poisson.test`).
 *
 * @returns `null` when neither has an event or one has no exposure: there is nothing to compare.
 */
export function rateRatio(k1: number, exposure1: number, k2: number, exposure2: number): RateRatio | null {
  if (k1 + k2 === 0 || exposure1 <= 0 || exposure2 <= 0) return null;
  const share = clopperPearson(k1, k1 + k2);
  const ratioAt = (odds: number): number => (odds * exposure2) / exposure1;
  return {
    ratio: k2 === 0 ? null : ratioAt(k1 / k2),
    low: ratioAt(share.low / (1 - share.low)),
    high: k2 === 0 ? null : ratioAt(share.high / (1 - share.high)),
  };
}

/** P(X ≥ count) for X Poisson, by summing upwards from count; quick for mean ≤ count, where the terms fall. */
function atLeast(count: number, mean: number): number {
  let term = probability(count, mean);
  let sum = term;
  for (let i = count + 1; term > sum * 1e-17; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** P(X ≤ count) for X Poisson, by summing downwards from count; quick for mean ≥ count, where the terms fall. */
function atMost(count: number, mean: number): number {
  let term = probability(count, mean);
  let sum = term;
  for (let i = count; i > 0 && term > sum * 1e-17; i--) {
    term *= i / mean;
    sum += term;
  }
  return sum;
}

function probability(count: number, mean: number): number {
  return Math.exp(count * Math.log(mean) - mean - logFactorial(count));
}
