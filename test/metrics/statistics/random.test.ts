import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random, xoshiro } from "#metrics/statistics/random.ts";

const drawn = (count: number, seed: number, below: number): number[] => {
  const draw = random(seed);
  return Array.from({ length: count }, () => draw(below));
};

describe("xoshiro", () => {
  it("agrees with the reference implementation", () => {
    const next = xoshiro(1, 2, 3, 4);

    expect(Array.from({ length: 8 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    ]);
  });
});

describe("random", () => {
  it("draws the same again from the same seed, and something else from another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (seed, other) => {
        expect(drawn(20, seed, 1000)).toEqual(drawn(20, seed, 1000));
        expect(drawn(20, seed, 1000)).not.toEqual(drawn(20, seed + other + 1, 1000));
      }),
    );
  });

  it("draws whole numbers below the limit, each about as often, also first from neighbouring seeds", () => {
    const many = drawn(60_000, 1, 6);
    const firsts = Array.from({ length: 60_000 }, (_, seed) => drawn(1, seed, 6)).flat();
    const counts = (values: readonly number[]): number[] =>
      [0, 1, 2, 3, 4, 5].map((face) => values.filter((value) => value === face).length);

    for (const count of [...counts(many), ...counts(firsts)]) {
      // 10,000 expected, 91 is a standard deviation.
      expect(Math.abs(count - 10_000)).toBeLessThan(4 * 91);
    }
  });

  it("draws 0 where there is nothing else", () => {
    expect(drawn(5, 3, 1)).toEqual([0, 0, 0, 0, 0]);
  });
});
