/** What money is worth that comes later, and when it is back. Flows are evenly spaced; what is spent is negative. */
import { sum } from "../statistics/sum.ts";

/**
 * Net present value: each flow divided by (1 + rate) for every period that passes until it.
 *
 * @param rate of one period, such as 0.1.
 * @param first how many periods from now the first flow is: 0, it is now; 1, as spreadsheets' NPV has it.
 * @returns 0 where nothing flows.
 */
export function netPresentValue(flows: readonly number[], rate: number, first: 0 | 1): number {
  return sum(flows.map((flow, period) => flow / (1 + rate) ** (period + first)));
}

/** The rate of a part of a year that gives the same in a year: 1.1 ** (1 / 12) − 1 for a month of 10 % a year. */
export function ratePer(yearly: number, parts: number): number {
  return (1 + yearly) ** (1 / parts) - 1;
}

/**
 * When what was spent is back for good: periods from the first flow until the sum is 0 or above and stays so, evenly within a period.
 *
 * @returns 0 where the sum never is below 0; `null` where it is below 0 at the end.
 */
export function payback(flows: readonly number[]): number | null {
  const sums = running(flows);
  const last = sums.findLastIndex((one) => one < 0);
  if (last === -1) return 0;
  const [below, above] = [sums[last], sums[last + 1]];
  if (below === undefined || above === undefined) return null;
  return last + below / (below - above);
}

/** The deepest point of the sum, and in which period it is; a sum that never is below 0 has its deepest point at 0, before anything flows. */
export function trough(flows: readonly number[]): { readonly depth: number; readonly period: number | null } {
  let deepest: { depth: number; period: number | null } = { depth: 0, period: null };
  for (const [period, depth] of running(flows).entries()) if (depth < deepest.depth) deepest = { depth, period };
  return deepest;
}

/**
 * What came back beyond what was spent, as a share of what was spent.
 *
 * @returns `null` where nothing was spent.
 */
export function returnOnInvestment(spent: number, brought: number): number | null {
  return spent === 0 ? null : (brought - spent) / spent;
}

/** The sum after each flow. */
export function running(flows: readonly number[]): number[] {
  let before = 0;
  return flows.map((flow) => (before += flow));
}
