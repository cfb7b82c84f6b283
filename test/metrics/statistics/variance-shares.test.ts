import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sum } from "#metrics/statistics/sum.ts";
import { varianceShares } from "#metrics/statistics/variance-shares.ts";
import { known } from "./known.ts";

const hours = fc.integer({ min: 0, max: 20 });
/** Three stages of at least two items whose totals differ. */
const stages = fc
  .array(fc.tuple(hours, hours, hours), { minLength: 2, maxLength: 12 })
  .filter((items) => new Set(items.map((item) => sum(item))).size > 1)
  .map((items) => [items.map(([a]) => a), items.map(([, b]) => b), items.map(([, , c]) => c)]);

describe("varianceShares", () => {
  it("is the covariance with the total over its variance", () => {
    // Totals 2, 4, 9 around 5: variance 26. Parts around 2 and 3: −1, −1, 2 and −2, 0, 2.
    expect(
      varianceShares([
        [1, 1, 4],
        [1, 3, 5],
      ]),
    ).toEqual([expect.closeTo(12 / 26, 12), expect.closeTo(14 / 26, 12)]);
  });

  it("gives nothing to a stage that always takes as long, however long", () => {
    expect(
      varianceShares([
        [100, 100, 100],
        [1, 2, 3],
      ]),
    ).toEqual([0, 1]);
  });

  it("is below 0 for a stage that is long where the total is short", () => {
    expect(
      varianceShares([
        [2, 1, 0],
        [0, 3, 6],
      ]),
    ).toEqual([-0.5, 1.5]);
  });

  it("explains nothing where nothing differs, not even by rounding", () => {
    expect(varianceShares([[1, 1]])).toBeNull();
    expect(
      varianceShares([
        [0.1, 0.2, 0.3],
        [0.3, 0.2, 0.1],
      ]),
    ).toBeNull();
  });

  it("knows nothing of fewer than two items, or without parts", () => {
    expect(varianceShares([[5], [6]])).toBeNull();
    expect(varianceShares([[], []])).toBeNull();
    expect(varianceShares([])).toBeNull();
  });

  it("adds up to 1", () => {
    fc.assert(
      fc.property(stages, (parts) => {
        expect(sum(known(varianceShares(parts)))).toBeCloseTo(1, 10);
      }),
    );
  });

  it("stays as it is when two stages become one, whose share is theirs together", () => {
    fc.assert(
      fc.property(stages, (parts) => {
        const [a = [], b = [], c = []] = parts;
        const merged = a.map((value, item) => value + known(b[item]));
        const shares = known(varianceShares(parts));

        expect(known(varianceShares([merged, c]))[0]).toBeCloseTo(sum(shares.slice(0, 2)), 10);
      }),
    );
  });
});
