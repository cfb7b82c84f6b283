import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { survivalMedianInterval } from "#metrics/statistics/survival-median-interval.ts";
import { survivalQuantile } from "#metrics/statistics/survival-quantile.ts";
import { aml, amlNotMaintained, changes, durations, kidney, orNever, ovarian, treated6mp } from "./durations.ts";
import { known } from "./known.ts";

describe("survivalMedianInterval", () => {
  it("is where SciPy's log-log limits of the curve pass one half", () => {
    expect(survivalMedianInterval(aml)).toEqual({ low: 13, high: null });
    expect(survivalMedianInterval(amlNotMaintained)).toEqual({ low: 5, high: 33 });
    expect(survivalMedianInterval(treated6mp)).toEqual({ low: 13, high: null });
    expect(survivalMedianInterval(changes)).toEqual({ low: 1, high: null });
  });

  it("agrees with R's survfit of kind log-log", () => {
    expect(survivalMedianInterval(kidney)).toEqual({ low: 38, high: 141 });
    expect(survivalMedianInterval(ovarian)).toEqual({ low: 431, high: null });
  });

  it("has no limits where nothing has ended", () => {
    expect(survivalMedianInterval(known(kaplanMeier([], [3, 5])))).toEqual({ low: null, high: null });
  });

  it("has no upper limit where only the end of the curve passes one half", () => {
    expect(survivalMedianInterval(known(kaplanMeier([4], [])))).toEqual({ low: null, high: null });
    expect(survivalMedianInterval(known(kaplanMeier([1, 2, 3], [])))).toEqual({ low: 1, high: null });
  });

  it("contains the median", () => {
    fc.assert(
      fc.property(durations, durations, (ended, open) => {
        const curve = known(kaplanMeier(ended, open));
        const { low, high } = survivalMedianInterval(curve);
        const median = orNever(survivalQuantile(curve, 0.5));

        expect(Number(low)).toBeLessThanOrEqual(median);
        expect(orNever(high)).toBeGreaterThanOrEqual(median);
      }),
    );
  });

  it("grows with the unit", () => {
    fc.assert(
      fc.property(durations, durations, (ended, open) => {
        const doubled = (values: readonly number[]): number[] => values.map((value) => value * 2);
        const { low, high } = survivalMedianInterval(known(kaplanMeier(ended, open)));
        const twice = survivalMedianInterval(known(kaplanMeier(doubled(ended), doubled(open))));

        expect([twice.low, twice.high].map(orNever)).toEqual(doubled([low, high].map(orNever)));
      }),
    );
  });
});
