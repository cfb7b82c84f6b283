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

/** Days until an infection at a catheter (McGilchrist & Aisbett 1991; R's `kidney`). */
export const kidney = known(
  kaplanMeier(
    [
      2, 7, 7, 8, 8, 9, 12, 12, 13, 15, 15, 16, 17, 22, 23, 24, 25, 26, 27, 28, 30, 30, 30, 30, 34, 38, 39, 40, 43, 53,
      58, 63, 66, 78, 96, 114, 119, 130, 132, 141, 152, 152, 154, 156, 177, 185, 190, 196, 201, 245, 292, 318, 333, 402,
      447, 511, 536, 562,
    ],
    [4, 5, 5, 6, 8, 8, 13, 16, 22, 24, 25, 46, 54, 70, 108, 113, 149, 159],
  ),
);

/** Days of Edmunson et al. 1979 (R's `ovarian`). */
export const ovarian = known(
  kaplanMeier(
    [59, 115, 156, 268, 329, 353, 365, 431, 464, 475, 563, 638],
    [377, 421, 448, 477, 744, 769, 770, 803, 855, 1040, 1106, 1129, 1206, 1227],
  ),
);

/** What is not reached takes longer than anything. */
export function orNever(time: number | null): number {
  return time ?? Infinity;
}

export const durations = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 15 });
