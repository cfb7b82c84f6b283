import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mannKendall } from "#metrics/statistics/mann-kendall.ts";
import { known } from "./known.ts";
import { nile } from "./nile.ts";

const values = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 2, maxLength: 60 });

describe("mannKendall", () => {
  it("agrees with SciPy's exact p: S 12, p .17887", () => {
    expect(mannKendall([3, 1, 4, 1.5, 5, 9, 2, 6])).toEqual({ s: 12, p: expect.closeTo(0.17887, 5) });
  });

  it("counts the orders of three and of four values", () => {
    expect(mannKendall([1, 2, 3])).toEqual({ s: 3, p: expect.closeTo(2 / 6, 12) });
    expect(mannKendall([1, 2, 4, 3])).toEqual({ s: 4, p: expect.closeTo(8 / 24, 12) });
  });

  it("counts the orders of tied values: one of three puts 1, 1, 2 in this order", () => {
    expect(mannKendall([1, 1, 2])).toEqual({ s: 2, p: expect.closeTo(2 / 3, 12) });
    expect(mannKendall([0, 0, 0, 1, 1, 1])).toEqual({ s: 9, p: expect.closeTo(2 / 20, 12) });
  });

  it("corrects the approximation of many values for ties and continuity", () => {
    expect(mannKendall(nile)).toEqual({ s: -1387, p: expect.closeTo(3.658262921664327e-5, 14) });
    expect(mannKendall(Array.from({ length: 60 }, (_, index) => index % 7))).toEqual({
      s: 78,
      p: expect.closeTo(0.6193069702333476, 10),
    });
  });

  it("is exact up to 50 values and approximate from 51, as SciPy has both", () => {
    const scattered = (n: number): number[] => Array.from({ length: n }, (_, index) => (index * 37) % 53);

    expect(mannKendall(scattered(50))).toEqual({ s: -47, p: expect.closeTo(0.7018621861219676, 12) });
    expect(mannKendall(scattered(51))).toEqual({ s: -5, p: expect.closeTo(0.9740822121735162, 11) });
  });

  it("sees no trend where nothing changes, in few and in many", () => {
    expect(mannKendall([4, 4, 4])).toEqual({ s: 0, p: 1 });
    expect(mannKendall(Array<number>(60).fill(4))).toEqual({ s: 0, p: 1 });
  });

  it("leaves gaps out", () => {
    expect(mannKendall([null, 1, null, 2, 3, null])).toEqual(mannKendall([1, 2, 3]));
  });

  it("knows nothing of fewer than two values", () => {
    expect(mannKendall([])).toBeNull();
    expect(mannKendall([1, null])).toBeNull();
  });

  it("changes its sign, and not its p, when time runs backwards or up is down", () => {
    fc.assert(
      fc.property(values, (ordered) => {
        const { s, p } = known(mannKendall(ordered));
        const turned = { s: expect.closeTo(-s, 12), p: expect.closeTo(p, 10) };

        expect(mannKendall(ordered.toReversed())).toEqual(turned);
        expect(mannKendall(ordered.map((value) => -value))).toEqual(turned);
      }),
    );
  });

  it("asks only for the order of the values", () => {
    fc.assert(
      fc.property(values, (ordered) => {
        expect(mannKendall(ordered.map((value) => Math.exp(value)))).toEqual(mannKendall(ordered));
      }),
    );
  });
});
