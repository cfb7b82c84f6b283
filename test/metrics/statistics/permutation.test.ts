import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permutationTest } from "#metrics/statistics/permutation.ts";
import { known } from "./known.ts";

const treated = [94, 197, 16, 38, 99, 141, 23];
const control = [52, 104, 146, 10, 51, 30, 40, 27, 46];
const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 });

describe("permutationTest", () => {
  it("agrees with the mouse data of Efron and Tibshirani: 3184 of 11,440 arrangements", () => {
    expect(permutationTest(treated, control)).toEqual({
      difference: expect.closeTo(30.635, 3),
      p: expect.closeTo(3184 / 11_440, 12),
    });
    expect(permutationTest(treated, control)?.p).toBeCloseTo(0.27832, 5);
  });

  it("counts the two most extreme arrangements of separate samples", () => {
    expect(permutationTest([4, 5, 6], [1, 2, 3])).toEqual({ difference: 3, p: 2 / 20 });
  });

  it("counts an arrangement that differs by rounding only as equal", () => {
    expect(permutationTest([0.1, 0.2, 0.3], [0.3, 0.2, 0.1])).toEqual({ difference: expect.closeTo(0, 12), p: 1 });
    expect(permutationTest([0.3, 0.6, 0.9], [0.1, 0.2, 0.7])?.p).toBe(permutationTest([3, 6, 9], [1, 2, 7])?.p);
  });

  it("finds no difference where all values are nothing", () => {
    expect(permutationTest([0, 0], [0, 0])).toEqual({ difference: 0, p: 1 });
  });

  it("knows nothing without values on both sides", () => {
    expect(permutationTest([], [1])).toBeNull();
    expect(permutationTest([1], [])).toBeNull();
    expect(permutationTest([], [])).toBeNull();
  });

  it("declines more than a million arrangements", () => {
    expect(permutationTest(Array.from({ length: 12 }, Math.sqrt), Array.from({ length: 12 }, Math.sqrt))).toBeNull();
  });

  it("depends neither on the order of the values nor on which sample comes first", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const { difference, p } = known(permutationTest(a, b));

        expect(permutationTest(b.toReversed(), a.toReversed())?.difference).toBeCloseTo(-difference, 12);
        expect(permutationTest(b.toReversed(), a.toReversed())?.p).toBe(p);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});
