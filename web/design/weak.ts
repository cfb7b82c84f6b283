import type { Measure, Verdict } from "../types.ts";

/** Fewer have no interval. */
const FEWEST = 6;
/** Fewer are weak when they are also too few to compare. */
const FEW = 20;
/** Below this share of known values a number may be far off. */
const ENOUGH_COVERAGE = 0.8;

/** Whether a number has so little behind it that it is shown in grey. */
export function isWeak({ n, open, coverage }: Measure, verdict: Verdict | null): boolean {
  return n + open < FEWEST || (verdict === "too-few" && n < FEW) || isThin(coverage);
}

export function isThin(coverage: number | null): boolean {
  return coverage !== null && coverage < ENOUGH_COVERAGE;
}
