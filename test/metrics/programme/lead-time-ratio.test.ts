import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WeekOfWork } from "#metrics/programme/lead-time-ratio.ts";
import { leadTimeRatio } from "#metrics/programme/lead-time-ratio.ts";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { survivalQuantile } from "#metrics/statistics/survival-quantile.ts";
import { poisson } from "#test/support/adoptions.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { seeded } from "#test/support/builders.ts";

const each = (count: number, hours: number): readonly WeekOfWork[] =>
  Array.from({ length: count }, () => ({ arrived: [hours], open: [] }));

/** Thirteen weeks of some four changes, exponential around a mean, of which what takes longer than 200 hours is not seen to arrive. */
function quarter(seed: number, mean: number): readonly WeekOfWork[] {
  const draw = seeded(seed);
  return Array.from({ length: 13 }, () => {
    const hours = Array.from({ length: poisson(4, draw) }, () => -mean * Math.log(1 - draw()));
    return { arrived: hours.filter((one) => one <= 200), open: hours.filter((one) => one > 200).map(() => 200) };
  });
}

/** Of so many teams whose lead time became so many times as long: the share that is said to be faster. */
function saidFaster(teams: number, factor: number): number {
  const ratios = Array.from({ length: teams }, (_, seed) =>
    leadTimeRatio(quarter(2 * seed + 1, 40 * factor), quarter(2 * seed + 2, 40), 1, 300),
  );
  return ratios.filter((found) => found !== null && found.high < 1).length / teams;
}

describe("the ratio of lead times", () => {
  it("is that of the medians, and exact where nothing varies", () => {
    expect(leadTimeRatio(each(12, 20), each(12, 40))).toEqual({ ratio: 0.5, low: 0.5, high: 0.5 });
  });

  it("counts what has not arrived as waiting at least so long", () => {
    const half = Array.from({ length: 12 }, () => ({ arrived: [10, 10], open: [50] }));

    expect(leadTimeRatio(half, each(12, 40))?.ratio).toBe(0.25);
    expect(
      leadTimeRatio(
        Array.from({ length: 12 }, () => ({ arrived: [10], open: [50, 60] })),
        each(12, 40),
      ),
    ).toBeNull();
  });

  it("is that of the medians of Kaplan and Meier", () => {
    const hours = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 });
    const work = fc.array(fc.record({ arrived: hours, open: hours }), { minLength: 3, maxLength: 12 });
    const medianOf = (weeks: readonly WeekOfWork[]) =>
      survivalQuantile(
        known(
          kaplanMeier(
            weeks.flatMap(({ arrived }) => arrived),
            weeks.flatMap(({ open }) => open),
          ),
        ),
        0.5,
      );
    fc.assert(
      fc.property(work, work, (now, before) => {
        const found = leadTimeRatio(now, before, 1, 20);
        fc.pre(found !== null);

        expect(found.ratio).toBeCloseTo(Number(medianOf(now)) / Number(medianOf(before)), 9);
      }),
    );
  });

  it("is longer than anything seen where many draws do not reach the median", () => {
    const barely = [...each(7, 10), ...Array.from({ length: 6 }, () => ({ arrived: [], open: [50] }))];

    expect(leadTimeRatio(barely, each(12, 40))).toMatchObject({ ratio: 0.25, high: Infinity });
  });

  it("has the interval of weeks that are drawn with replacement, each as often as it is drawn", () => {
    const { ratio, low, high } = known(leadTimeRatio(quarter(1, 40), quarter(2, 40), 1, 400));

    expect([ratio, low, high].map((one) => one.toPrecision(9))).toMatchInlineSnapshot(`
      [
        "0.957930012",
        "0.556591888",
        "1.53629589",
      ]
    `);
  });

  it("is not told of fewer than ten changes", () => {
    expect(leadTimeRatio(each(9, 1), each(12, 40))).toBeNull();
    expect(leadTimeRatio(each(12, 1), each(9, 40))).toBeNull();
    expect(leadTimeRatio([], [])).toBeNull();
    expect(leadTimeRatio(each(10, 1), each(10, 4))?.ratio).toBe(0.25);
  });

  it("is not told of a median of 0, of which nothing is a share, nor of a baseline that was not reached", () => {
    const waiting = Array.from({ length: 12 }, () => ({ arrived: [], open: [50] }));

    expect(leadTimeRatio(each(12, 0), each(12, 40))).toBeNull();
    expect(leadTimeRatio(each(12, 40), each(12, 0))).toBeNull();
    expect(leadTimeRatio(each(12, 40), waiting)).toBeNull();
  });

  it("says of few teams that stay as they are that they are faster, and of most that take a third of the time", () => {
    expect(saidFaster(150, 1)).toBeLessThanOrEqual(0.1);
    expect(saidFaster(50, 1 / 3)).toBeGreaterThan(0.9);
  });
});
