import { inversions } from "./inversions.ts";
import { normalTail } from "./normal.ts";
import { sum } from "./sum.ts";

export interface MannKendall {
  /** Pairs that rise minus pairs that fall: above 0 when later values are larger. */
  readonly s: number;
  /** Two-sided p: how often values in random order rise or fall at least as clearly. */
  readonly p: number;
}

/** Exact up to here, a few milliseconds. */
const EXACT = 50;

/**
 * Whether values in time order, `null` being a gap, rise or fall steadily, evenly or not (Mann 1945; Kendall 1970).
 *
 * Exact up to 50 values, ties included; beyond that the normal approximation with corrections for ties and continuity.
 * Takes O(n²).
 *
 * @returns `null` when there are fewer than two values.
 */
export function mannKendall(values: readonly (number | null)[]): MannKendall | null {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const s = rises(known);
  const groups = groupSizes(known);
  return { s, p: known.length <= EXACT ? exactP(s, groups) : approximateP(s, known.length, groups) };
}

function rises(values: readonly number[]): number {
  let s = 0;
  for (const [index, value] of values.entries()) {
    for (let later = index + 1; later < values.length; later++) s += Math.sign((values[later] ?? value) - value);
  }
  return s;
}

function groupSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}

function exactP(s: number, groups: readonly number[]): number {
  const chances = inversions(groups);
  const untied = chances.length - 1;
  return Math.min(1, 2 * sum(chances.subarray(0, (untied - Math.abs(s)) / 2 + 1)));
}

function approximateP(s: number, n: number, groups: readonly number[]): number {
  const spread = (size: number): number => size * (size - 1) * (2 * size + 5);
  const variance = (spread(n) - sum(groups.map(spread))) / 18;
  return s === 0 ? 1 : 2 * normalTail((Math.abs(s) - 1) / Math.sqrt(variance));
}
