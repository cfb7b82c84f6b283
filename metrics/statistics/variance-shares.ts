import { mean } from "./mean.ts";
import { sum } from "./sum.ts";

/** Totals that differ by no more than this part of their parts' variance differ by rounding only. */
const ROUNDING = 1e-24;

/**
 * How much each part drives the differences between totals: Cov(part, total) / Var(total), one for each part. They add up to
 * 1; a part that is long where the total is short has a share below 0 (Shorrocks 1982).
 *
 * @param parts for each part its value in every item, in the order of the items: `parts[stage][item]`.
 * @returns `null` when the totals are all the same, or there are fewer than two.
 */
export function varianceShares(parts: readonly (readonly number[])[]): readonly number[] | null {
  const deviations = parts.map(fromMean);
  const totals = (deviations[0] ?? []).map((_, item) => sum(deviations.map((part) => part[item] ?? 0)));
  const variance = products(totals, totals);
  const scale = sum(deviations.map((part) => products(part, part)));
  return variance <= ROUNDING * scale ? null : deviations.map((part) => products(part, totals) / variance);
}

function fromMean(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function products(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((value, index) => value * (b[index] ?? 0)));
}
