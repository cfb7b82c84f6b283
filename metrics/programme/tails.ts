/** At which of the draws of few and uneven weeks an interval ends. */
import { normalTail, Z90 } from "../statistics/normal.ts";
import { sum } from "../statistics/sum.ts";
import { studentQuantile } from "./student.ts";

/** Shares of the draws that lie below the ends of an interval. */
export interface Tails {
  readonly low: number;
  readonly high: number;
}

/**
 * The shares of the draws between which an amount of so many weeks lies with 90 %. Further out than 5 % and 95 %, as far as the t interval of a normal sample of as many weeks is (expanded percentiles: Hesterberg
 * 2015, §4.3), since sums of few weeks scatter more than their draws do; and both further up where single weeks stand out, since a sample without such a week has a small sum and draws that hardly differ (BCa,
 * Efron 1987, "Better bootstrap confidence intervals", with z₀ = a as of a mean).
 *
 * @param skewness of the amount, from `skewness`: 0 where weeks lie evenly around their mean.
 */
export function tailsOf(weeks: number, skewness: number): Tails {
  const z = weeks < 2 ? Z90 : studentQuantile(0.05, weeks - 1) * Math.sqrt(weeks / (weeks - 1));
  const acceleration = skewness / 6;
  const below = (out: number) =>
    // Beyond its pole nothing lies further out.
    normalShare(acceleration + (acceleration + out) / Math.max(LEAST, 1 - acceleration * (acceleration + out)));
  return { low: below(-z), high: below(z) };
}

const LEAST = 1e-9;

/**
 * The skewness of an estimate, from what it is without each of its weeks (the jackknife: Efron 1987, formula 6.6); that of a mean is the skewness of the weeks by the root of their number. 0 of what no week changes.
 */
export function skewness(without: readonly number[]): number {
  const mean = sum(without) / without.length;
  const squares = sum(without.map((one) => (mean - one) ** 2));
  return squares > 0 ? sum(without.map((one) => (mean - one) ** 3)) / squares ** 1.5 : 0;
}

/** P(Z < z). */
function normalShare(z: number): number {
  return z < 0 ? normalTail(-z) : 1 - normalTail(z);
}
