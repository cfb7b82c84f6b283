import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankSums, untiedRankSums } from "#metrics/statistics/ranks.ts";

describe("the sums of ranks of which none is tied", () => {
  it("are those of two of four: 1 + 2 up to 3 + 4", () => {
    expect([...untiedRankSums(2, 2)]).toEqual([1, 1, 2, 1, 1]);
  });

  it("are counted as one by one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 40 }), (size, others) => {
        const ranks = Array.from({ length: size + others }, (_, index) => index + 1);

        expect(untiedRankSums(size, others)).toEqual(rankSums(ranks, size).slice((size * (size + 1)) / 2));
      }),
    );
  });
});
