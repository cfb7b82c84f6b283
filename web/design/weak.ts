import type { Measure, Verdict } from "../types.ts";

/** Fewer have no interval. */
const FEWEST = 6;
/** Fewer are weak when they are also too few to compare. */
const FEW = 20;

/** Whether a number has so little behind it that it is shown in grey. */
export function isWeak({ n, open, caution }: Measure, verdict: Verdict | null): boolean {
  return n + open < FEWEST || (verdict === "too-few" && n < FEW) || caution !== null;
}
