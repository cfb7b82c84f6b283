import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inversions } from "#metrics/statistics/inversions.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { nearly } from "./nearly.ts";

/** Every order of the values, equal ones told apart. */
function orders(values: readonly number[]): number[][] {
  const empty: number[][] = values.length === 0 ? [[]] : [];
  return [
    ...empty,
    ...values.flatMap((value, index) => orders(values.toSpliced(index, 1)).map((others) => [value, ...others])),
  ];
}

function inversionsIn(values: readonly number[]): number {
  return sum(values.map((value, index) => values.slice(index).filter((later) => later < value).length));
}

const groups = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
  .filter((sizes) => sum(sizes) <= 6);

describe("inversions", () => {
  it("has the orders of four values: 1, 3, 5, 6, 5, 3 and 1 of 24", () => {
    expect([...inversions([1, 1, 1, 1])]).toEqual(nearly([1, 3, 5, 6, 5, 3, 1].map((ways) => ways / 24)));
  });

  it("is certain where all values are equal, and without values", () => {
    expect([...inversions([5])]).toEqual([1]);
    expect([...inversions([])]).toEqual([1]);
  });

  it("agrees with every order counted, ties included", () => {
    fc.assert(
      fc.property(groups, (sizes) => {
        const all = orders(sizes.flatMap((size, index) => Array<number>(size).fill(index))).map(inversionsIn);
        const chances = [...inversions(sizes)];

        expect(chances).toEqual(
          nearly(chances.map((_, count) => all.filter((found) => found === count).length / all.length)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("adds up to 1 for 50 values", () => {
    expect(sum(inversions(Array<number>(50).fill(1)))).toBeCloseTo(1, 12);
    expect(sum(inversions([20, 1, 9, 20]))).toBeCloseTo(1, 12);
  });
});
