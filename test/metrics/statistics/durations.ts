/** Durations with known curves, and some that collide. */
import fc from "fast-check";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { known } from "./known.ts";

/** Merged after so many days, and open for so many. */
export const changes = known(kaplanMeier([1, 1, 2, 3, 5, 8], [4, 9, 15, 20]));

/** The maintained group of R's `aml`, in weeks. */
export const aml = known(kaplanMeier([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161]));

/** The other group. */
export const amlNotMaintained = known(kaplanMeier([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16]));

/** The treated group of Freireich 1963, in weeks. */
export const treated6mp = known(
  kaplanMeier([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
);

/** What is not reached takes longer than anything. */
export function orNever(time: number | null): number {
  return time ?? Infinity;
}

export const durations = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 15 });
