import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannKendall } from "#metrics/statistics/mann-kendall.ts";
import { theilSen } from "#metrics/statistics/theil-sen.ts";
import { known } from "./known.ts";
import { nile } from "./nile.ts";

const series = [3, 1, 4, 1.5, 5, 9, 2, 6];
const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 20 });
const different = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { minLength: 5, maxLength: 60 });

describe("theilSen", () => {
  it("agrees with SciPy: slope .46429 from −.5 to 2, intercept 2.875", () => {
    expect(theilSen(series)).toEqual({
      slope: expect.closeTo(0.46429, 5),
      start: expect.closeTo(2.875, 12),
      low: -0.5,
      high: 2,
    });
  });

  it("agrees with SciPy for the Nile", () => {
    expect(theilSen(nile)).toMatchObject({
      slope: expect.closeTo(-2.6, 12),
      low: expect.closeTo(-3.6279, 3),
      high: expect.closeTo(-1.4286, 3),
    });
  });

  it("is a straight line's own slope", () => {
    expect(theilSen([5, 7, 9, 11, 13])).toEqual({ slope: 2, start: 5, low: 2, high: 2 });
  });

  it("keeps the place of a gap", () => {
    expect(theilSen([5, null, 9, null, null, 15])).toEqual({ slope: 2, start: 5, low: null, high: null });
    expect(theilSen([null, 7, 9])).toMatchObject({ slope: 2, start: 5 });
  });

  it("has an interval from five values on", () => {
    expect(theilSen([1, 2, 3, 5])).toMatchObject({ low: null, high: null });
    expect(theilSen([1, 2, 3, 5, 9])).toMatchObject({ low: 1, high: 4 });
  });

  it.each([
    [19, 58],
    [50, 496],
  ])(
    "has an interval by the exact distribution of Kendall's S: of %i values the slope that is number %i",
    (n, rank) => {
      // As many as have at most 2.5 % of all orders with fewer inversions; the normal distribution would have one less.
      const ordered = Array.from({ length: n }, (_, index) => index ** 3 - 7 * index + 300 * ((index * 7) % 11));
      const slopes = ordered
        .flatMap((to, x) => ordered.slice(0, x).map((from, before) => (to - from) / (x - before)))
        .sort((a, b) => a - b);

      expect(theilSen(ordered)).toMatchObject({ low: slopes[rank - 1], high: slopes.at(-rank) });
    },
  );

  it("knows nothing of fewer than two values", () => {
    expect(theilSen([])).toBeNull();
    expect(theilSen([null, 1])).toBeNull();
  });

  it("is not moved by one wild value", () => {
    expect(theilSen([1, 2, 3, 400, 5, 6, 7, 8])?.slope).toBe(1);
  });

  it("leaves 0 out of its interval exactly where Mann–Kendall sees a trend, in few and in many", () => {
    fc.assert(
      fc.property(different, (ordered) => {
        const { low, high } = known(theilSen(ordered));

        expect(known(low) * known(high) > 0).toBe(known(mannKendall(ordered)).p <= 0.05);
      }),
      { numRuns: 300 },
    );
  });

  it("has as many values above its line as below", () => {
    fc.assert(
      fc.property(values, (ordered) => {
        const { slope, start } = known(theilSen(ordered));
        const off = ordered.map((value, index) => value - start - slope * index);

        expect(off.filter((distance) => distance >= -1e-9).length * 2).toBeGreaterThanOrEqual(ordered.length);
        expect(off.filter((distance) => distance <= 1e-9).length * 2).toBeGreaterThanOrEqual(ordered.length);
      }),
    );
  });

  it("turns with the values: a line added is a slope added", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -5, max: 5 }), (ordered, steeper) => {
        const before = known(theilSen(ordered));
        const after = known(theilSen(ordered.map((value, index) => value + steeper * index)));

        expect(after.slope).toBeCloseTo(before.slope + steeper, 9);
        expect(after.start).toBeCloseTo(before.start, 9);
      }),
    );
  });
});
