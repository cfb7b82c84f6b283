import { sum } from "./sum.ts";

/** The mean of one value or more; exact where all are equal, so that rounding puts none of them off it. */
export function mean(values: readonly number[]): number {
  const [first = 0] = values;
  return first + sum(values.map((value) => value - first)) / values.length;
}
