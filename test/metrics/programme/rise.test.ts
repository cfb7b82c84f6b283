import { describe, expect, it } from "vitest";
import { rises, shareAt } from "#metrics/programme/rise.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { WEEK } from "#metrics/time.ts";

const weeksOf = (...met: readonly number[]) =>
  met.map((one, index) => ({ from: index * WEEK, to: (index + 1) * WEEK, met: one, of: 10 }));
const overnight = weeksOf(1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9);

describe("the rise of a share", () => {
  it("has level weeks at either end, so that one which takes too long is none", () => {
    const found = (weeks: number) => rises(overnight, [{ weeks, belief: 1 }], 4, 1);

    expect(rises(overnight.slice(0, 7), [{ weeks: 0, belief: 1 }], 4, 1)).toBeNull();
    expect(found(5)).toBeNull();
    // Four weeks before it, four since: four are left, in which it has one place.
    expect(found(4)?.middles).toEqual([{ at: 6 * WEEK, probability: 1 }]);
  });

  it("has its middle in the middle of how long it took, with probabilities that add up to 1", () => {
    const { middles, likeliest } = known(
      rises(
        overnight,
        [
          { weeks: 0, belief: 0.5 },
          { weeks: 2, belief: 0.5 },
        ],
        4,
        1,
      ),
    );

    expect(likeliest).toMatchObject({ begin: 6, ramp: 0 });
    expect(middles.map(({ at }) => at / WEEK)).toEqual([4, 5, 6, 7, 8]);
    expect(sum(middles.map(({ probability }) => probability))).toBeCloseTo(1, 12);
    expect(middles.find(({ at }) => at === 6 * WEEK)?.probability).toBeGreaterThan(0.95);
  });

  it("is less sure where weeks say less", () => {
    const sure = (by: number) =>
      rises(overnight, [{ weeks: 0, belief: 1 }], 4, by)?.middles.find(({ at }) => at === 6 * WEEK)?.probability;

    expect(sure(20)).toBeLessThan(Number(sure(1)));
  });

  it("has gone so far in each week: nothing before it, half of each week in it, and all of it since", () => {
    const rise = { begin: 2, ramp: 4, before: 0.2, after: 1 };
    const shares = overnight.map((_, place) => Number(shareAt(rise, overnight, place).toFixed(3)));

    expect(shares.slice(0, 8)).toEqual([0.2, 0.2, 0.3, 0.5, 0.7, 0.9, 1, 1]);
  });
});
