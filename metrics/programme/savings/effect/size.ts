/** How large a saving is: from a mean and its studentised errors to an interval, percentiles and the chance of reaching the line. */
import { normalTail, Z90 } from "../../../statistics/normal.ts";
import type { Interval } from "../../../statistics/interval.ts";
import { quantile } from "../../../statistics/quantile.ts";
import type { Spread } from "./jackknife.ts";
import type { Scale, Size } from "./types.ts";

/** A change of the outcome as a saving: above 0 is better than without. */
export function savingOf(change: number, scale: Scale): number {
  switch (scale) {
    case "share":
      return -change;
    case "log":
      return 1 - Math.exp(change);
  }
}

/** Sorted: what the saving may be, an error of each draw away from the estimate. */
export function savingDraws({ mean, standardError, studentised }: Spread, scale: Scale): Float64Array {
  return studentised.map((error) => savingOf(mean - error * standardError, scale)).sort();
}

/** @param draws sorted; `null` of none. */
export function sizeOf(saving: number, draws: Float64Array, line: number): Size | null {
  if (draws.length === 0) return null;
  const at = (p: number) => quantile(draws, p) ?? Number.NaN;
  const atLeastLine = shareFrom(draws, line);
  return { saving, low: at(0.05), high: at(0.95), p10: at(0.1), p50: at(0.5), p90: at(0.9), atLeastLine };
}

function shareFrom(sorted: Float64Array, line: number): number {
  let reached = 0;
  for (const draw of sorted) if (draw >= line) reached += 1;
  return reached / sorted.length;
}

/** The same where the saving is normal with this mean and standard deviation: the 90 % interval and P(saving ≥ line). */
export function normalSize(mean: number, deviation: number, line: number): Interval & { readonly atLeastLine: number } {
  const z = (line - mean) / deviation;
  return {
    low: mean - Z90 * deviation,
    high: mean + Z90 * deviation,
    atLeastLine: z >= 0 ? normalTail(z) : 1 - normalTail(-z),
  };
}

/** In how many of ten worlds with such a saving it is to be seen. */
const POWER = 0.8;

/** The change that would lift the interval above 0 in four of five worlds: as far from 0 as the interval reaches, and as the estimate may fall short. */
export function detectableChange({ standardError, studentised }: Spread): number | null {
  const sorted = studentised.slice().sort();
  const [reach, short] = [quantile(sorted, 0.95), quantile(sorted, POWER)];
  return reach === null || short === null ? null : (reach + short) * standardError;
}
