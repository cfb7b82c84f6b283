import { describe, expect, it } from "vitest";
import { normalTail } from "#metrics/statistics/normal.ts";

describe("normalTail", () => {
  it.each([
    [0.5, 0.3085375387259869],
    [1.96, 0.024997895148220435],
    [2.999, 0.0013543365337271057],
    [3, 0.0013498980316300933],
    [5, 2.866515718791933e-7],
    [10, 7.61985302416047e-24],
    [20, 2.7536241186061556e-89],
  ])("agrees with SciPy at %f", (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 11);
  });

  it("is one half at the centre", () => {
    expect(normalTail(0)).toBe(0.5);
  });
});
