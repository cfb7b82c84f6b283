import { describe, expect, it } from "vitest";
import { clopperPearson } from "#metrics/statistics/clopper-pearson.ts";

describe("clopperPearson", () => {
  it.each([
    [0, 5, 0, 0.5218237501049814],
    [1, 1, 0.025, 1],
    [1, 10, 0.0025285785444617848, 0.4450161170281954],
    [11, 32, 0.18571909171656614, 0.5319310362802687],
    [50, 100, 0.39832112950330095, 0.601678870496699],
    [5000, 10_000, 0.4901513805899805, 0.5098486194100196],
    [20_000, 45_000, 0.43984596695653416, 0.4490500910637013],
    [1, 100_000, 2.531780477933314e-7, 5.571516034774275e-5],
  ])("agrees with SciPy's beta quantiles for %i in %i", (k, n, low, high) => {
    const interval = clopperPearson(k, n);

    expect(interval.low).toBeCloseTo(low, 11);
    expect(interval.high).toBeCloseTo(high, 11);
  });
});
