import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { littlesLaw } from "#metrics/statistics/littles-law.ts";
import { sum } from "#metrics/statistics/sum.ts";

/** Half-open spans, all begun and ended within 0 to 30. */
const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 10 }))
    .map(([from, length]) => ({ from, length })),
  { minLength: 1, maxLength: 12 },
);

function inProgressAt(moment: number, items: readonly { from: number; length: number }[]): number {
  return items.filter(({ from, length }) => from <= moment && moment < from + length).length;
}

describe("littlesLaw", () => {
  it("is stable where the numbers belong together", () => {
    expect(littlesLaw(2, 3, 6)).toEqual({ expected: 6, residual: 0, stable: true });
  });

  it("is unstable where the residual exceeds a quarter, either way", () => {
    expect(littlesLaw(2, 4, 10)).toEqual({ expected: 8, residual: -0.2, stable: true });
    expect(littlesLaw(3, 5, 20)).toEqual({ expected: 15, residual: -0.25, stable: true });
    expect(littlesLaw(2, 7, 20)).toEqual({ expected: 14, residual: -0.3, stable: false });
    expect(littlesLaw(5, 5, 20)).toEqual({ expected: 25, residual: 0.25, stable: true });
    expect(littlesLaw(2, 13, 20)).toEqual({ expected: 26, residual: 0.3, stable: false });
  });

  it("knows nothing where nothing was in progress", () => {
    expect(littlesLaw(2, 3, 0)).toBeNull();
    expect(littlesLaw(0, 0, 0)).toBeNull();
  });

  it("has no residual where everything that arrived has also ended", () => {
    fc.assert(
      fc.property(spans, (items) => {
        const moments = Array.from({ length: 30 }, (_, moment) => moment);
        const inProgress = moments.map((moment) => inProgressAt(moment, items));
        const time = sum(items.map(({ length }) => length)) / items.length;

        expect(littlesLaw(items.length / 30, time, sum(inProgress) / 30)?.residual).toBeCloseTo(0, 10);
      }),
    );
  });
});
