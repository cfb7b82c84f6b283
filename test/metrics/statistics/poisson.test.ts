import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poissonInterval, rateRatio } from "#metrics/statistics/poisson.ts";
import { known } from "./known.ts";

/** P(X ≤ count) for X Poisson, term by term from 0. */
function poissonAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = 0;
  for (let i = 0; i <= count; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

describe("poissonInterval", () => {
  it("agrees with the published figures", () => {
    expect(poissonInterval(0)).toEqual({ low: 0, high: expect.closeTo(3.689, 3) });
    expect(poissonInterval(10)).toEqual({ low: expect.closeTo(4.7954, 4), high: expect.closeTo(18.39, 3) });
  });

  it.each([
    [1, 0.025317807984289876, 5.571643390938898],
    [20, 12.216519585403944, 30.8883779026746],
    [21, 12.999330984076186, 32.100730734943404],
    [1000, 938.9730184076952, 1063.952136016302],
    [10_000, 9804.952467260184, 10197.951624661473],
    [50_000, 49562.686650323674, 50440.212035431294],
  ])("agrees with SciPy's chi-squared quantiles for a count of %i", (count, low, high) => {
    const interval = poissonInterval(count);

    expect(interval.low / low).toBeCloseTo(1, 10);
    expect(interval.high / high).toBeCloseTo(1, 10);
  });

  it("leaves 2.5 % on either side", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
        const { low, high } = poissonInterval(count);

        expect(1 - poissonAtMost(count - 1, low)).toBeCloseTo(0.025, 9);
        expect(poissonAtMost(count, high)).toBeCloseTo(0.025, 9);
      }),
    );
  });
});

describe("rateRatio", () => {
  it("agrees with R's poisson.test", () => {
    expect(rateRatio(11, 800, 21, 3011)).toEqual({
      ratio: expect.closeTo(1.9715, 4),
      low: expect.closeTo(0.8584, 4),
      high: expect.closeTo(4.2773, 4),
    });
  });

  it("stays exact for counts in the 10,000s", () => {
    expect(rateRatio(12_000, 365, 10_000, 365)).toEqual({
      ratio: expect.closeTo(1.2, 12),
      low: expect.closeTo(1.1684753360473528, 9),
      high: expect.closeTo(1.2323949046293752, 9),
    });
  });

  it("has no upper limit and no value where the second count is 0", () => {
    expect(rateRatio(5, 10, 0, 10)).toEqual({ ratio: null, low: expect.closeTo(1 / 1.091279105182546, 9), high: null });
  });

  it("is 0 with an upper limit where the first count is 0", () => {
    expect(rateRatio(0, 10, 5, 10)).toEqual({ ratio: 0, low: 0, high: expect.closeTo(1.091279105182546, 9) });
  });

  it("compares nothing where neither has an event or one was never exposed", () => {
    expect(rateRatio(0, 10, 0, 10)).toBeNull();
    expect(rateRatio(3, 0, 4, 10)).toBeNull();
    expect(rateRatio(3, 10, 4, 0)).toBeNull();
  });

  it("contains the ratio, and turns over when the two change places", () => {
    const count = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(count, count, count, count, (k1, exposure1, k2, exposure2) => {
        const there = known(rateRatio(k1, exposure1, k2, exposure2));
        const back = known(rateRatio(k2, exposure2, k1, exposure1));

        expect(there.low).toBeLessThan(known(there.ratio));
        expect(there.high).toBeGreaterThan(known(there.ratio));
        expect(back.low * known(there.high)).toBeCloseTo(1, 9);
      }),
    );
  });
});
