import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, nearestRank, positionsOfQuantile, quantile, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { known } from "./known.ts";

const fibonacci = [1, 2, 2, 3, 5, 8, 13, 21, 34, 55];
const someNumbers = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 });

describe("positionsOfQuantile", () => {
  it("are the places between which a quantile lies, the last of all being one place", () => {
    expect([0, 0.5, 0.75, 0.95, 1].map((p) => positionsOfQuantile(10, p))).toEqual([
      [0, 1],
      [4, 5],
      [6, 7],
      [8, 9],
      [9],
    ]);
    expect([0, 0.5, 1].map((p) => positionsOfQuantile(1, p))).toEqual([[0], [0], [0]]);
  });

  it("hold all that the quantile rests on", () => {
    fc.assert(
      fc.property(someNumbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = sortedNumbers(values);
        const positions = positionsOfQuantile(sorted.length, p);
        const elsewhere = sorted.map((value, index) => value + 1000 * Number(!positions.includes(index)));

        expect(quantile(elsewhere, p)).toBe(quantile(sorted, p));
      }),
    );
  });
});

describe("quantile", () => {
  it("interpolates as R's type 7 does", () => {
    expect(quantile(fibonacci, 0.5)).toBe(6.5);
    expect(quantile(fibonacci, 0.75)).toBe(19);
    expect(quantile(fibonacci, 0.85)).toBeCloseTo(29.45, 10);
    expect(quantile(fibonacci, 0.95)).toBeCloseTo(45.55, 10);
  });

  it("reaches from the smallest to the largest value", () => {
    expect(quantile(fibonacci, 0)).toBe(1);
    expect(quantile(fibonacci, 1)).toBe(55);
  });

  it("is unknown without values and for what is no share", () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([], 0)).toBeNull();
    expect(quantile(fibonacci, -0.1)).toBeNull();
    expect(quantile(fibonacci, 1.1)).toBeNull();
    expect(quantile([7], 1.1)).toBeNull();
    expect(quantile([7], -0.1)).toBeNull();
  });

  it("is the value itself when there is only one", () => {
    expect(quantile([7], 0.85)).toBe(7);
  });

  it("never falls as the share rises", () => {
    fc.assert(
      fc.property(someNumbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const sorted = sortedNumbers(values);

        expect(quantile(sorted, p)).toBeGreaterThanOrEqual(known(quantile(sorted, p / 2)));
      }),
    );
  });
});

describe("median", () => {
  it("is 2 for 1, 2 and 3", () => {
    expect(median([1, 2, 3])).toBe(2);
  });

  it("has half of the values on either side", () => {
    fc.assert(
      fc.property(someNumbers, (values) => {
        const middle = known(median(sortedNumbers(values)));

        expect(values.filter((value) => value <= middle).length * 2).toBeGreaterThanOrEqual(values.length);
        expect(values.filter((value) => value >= middle).length * 2).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });

  it("is unknown without values", () => {
    expect(median([])).toBeNull();
  });
});

describe("nearestRank", () => {
  it("is a value that occurred", () => {
    expect(nearestRank(fibonacci, 0.5)).toBe(5);
    expect(nearestRank(fibonacci, 0.85)).toBe(34);
    expect(nearestRank(fibonacci, 0.95)).toBe(55);
    expect(nearestRank(fibonacci, 0)).toBe(1);
    expect(nearestRank(fibonacci, 1)).toBe(55);
  });

  it("is not put one rank too high by rounding", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

    expect(nearestRank(hundred, 0.07)).toBe(7);
    expect(nearestRank(hundred, 0.29)).toBe(29);
  });

  it("is the smallest value that the share of the values does not exceed", () => {
    fc.assert(
      fc.property(someNumbers, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = known(nearestRank(sortedNumbers(values), percent / 100));
        const percentOf = (count: number): number => (count * 100) / values.length;

        expect(percentOf(values.filter((value) => value <= found).length)).toBeGreaterThanOrEqual(percent);
        expect(percentOf(values.filter((value) => value < found).length)).toBeLessThan(percent);
      }),
    );
  });

  it("is unknown without values and for what is no share", () => {
    expect(nearestRank([], 0.5)).toBeNull();
    expect(nearestRank(fibonacci, -0.1)).toBeNull();
    expect(nearestRank(fibonacci, 1.1)).toBeNull();
  });
});

describe("sortedNumbers", () => {
  it("sorts by size, not by spelling", () => {
    expect([...sortedNumbers(new Set([10, 9, -1, 100]))]).toEqual([-1, 9, 10, 100]);
  });

  it("leaves the given values as they were", () => {
    const values = [3, 1, 2];

    sortedNumbers(values);

    expect(values).toEqual([3, 1, 2]);
  });
});
