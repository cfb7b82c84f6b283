import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "#metrics/analysis.ts";
import type { Analysis } from "#metrics/analysis.ts";
import { grid } from "#metrics/grid.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import { eachAt, theMetric, utc } from "#test/support/builders.ts";
import { nile } from "./statistics/nile.ts";

const MONDAY = utc("2026-01-05");
const leadTime = theMetric("lead-time-commit");
const frequency = theMetric("deployment-frequency");

/** One observation a week, of these values, over exactly these weeks. */
function weekly(values: readonly (number | null)[], metric = leadTime): Analysis {
  const window = { from: MONDAY, to: MONDAY + values.length * WEEK };
  const observations = values.map((value, week) => ({ at: MONDAY + week * WEEK, value }));
  return analyse(metric, observations, grid({ window, interval: "week", zone: "UTC" }, window));
}

/** So many deployments at the start of each week. */
function counts(values: readonly number[]): Analysis {
  const window = { from: MONDAY, to: MONDAY + values.length * WEEK };
  const observations = values.flatMap((count, week) =>
    Array.from({ length: count }, (_, minute) => ({ at: MONDAY + week * WEEK + minute * 60_000, value: 1 })),
  );
  return analyse(frequency, observations, grid({ window, interval: "week", zone: "UTC" }, window));
}

describe("the trend of a series", () => {
  it("is that of Mann, Kendall, Theil and Sen: 3, 1, 4, 1.5, 5, 9, 2, 6 rises by .46429 with p .17887, which is none", () => {
    const { trend } = weekly([3, 1, 4, 1.5, 5, 9, 2, 6]);

    expect(trend).toMatchObject({ slope: expect.closeTo(0.46429, 5), p: expect.closeTo(0.17887, 5), shift: null });
    expect(trend?.words).toBe("No steady rise or fall over 8 weeks with values.");
  });

  it("is told in the unit of the metric where it is steady", () => {
    expect(weekly([20, 21, 22, 23, 24, 25, 26, 27]).trend?.words).toBe(
      "Rises by about 1 h each week, over 8 weeks with values.",
    );
    expect(weekly([20, 19, 18, 17, 16, 15, 14, 13].map((minutes) => minutes / 300)).trend?.words).toBe(
      "Falls by about 12 s each week, over 8 weeks with values.",
    );
    expect(counts([9, 8, 7, 6, 5, 4, 3, 2]).trend?.words).toBe("Falls by about 1 each week, over 8 weeks with values.");
  });

  it("of counts may be less than one each week, and their levels lie between whole numbers", () => {
    expect(counts([1, 1, 2, 2, 3, 3, 4, 4]).trend?.words).toBe(
      "Rises by about 0.5 each week, over 8 weeks with values.",
    );
    expect(counts([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]).trend?.words).toMatch(
      /^The level changed once, from 1.8 to 4.2 from /,
    );
  });

  it("keeps the place of weeks without a value, and is of complete weeks only", () => {
    expect(weekly([1, 2, null, null, 5, 6, 7, 8, 9, 10]).trend?.slope).toBe(1);
    expect(weekly([1, 2, 3, 4, 5, 6, 7]).trend).toBeNull();
    expect(weekly(Array.from({ length: 121 }, (_, week) => week + 1)).trend).toBeNull();
  });

  it("is a change of level where that is found: that of the Nile, after 28 years", () => {
    // On a log scale, as durations are: the means are geometric.
    const { trend } = weekly(nile);

    expect(trend?.shift).toMatchObject({ label: label(28) });
    expect(trend?.shift?.before).toBeCloseTo(1089.314, 3);
    expect(trend?.shift?.after).toBeCloseTo(840.681, 3);
    expect(trend?.words).toBe(`The level changed once, from 45.4 d to 35 d from ${label(28)} on.`);
  });

  it("of durations is looked for on a plain scale where one of them is nothing, of which there is no logarithm", () => {
    const before = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11];
    const { trend } = weekly([...before, 90, 110, 0, 100, 95, 105]);

    expect(trend?.shift).toMatchObject({ label: label(12), before: expect.closeTo(126 / 12, 10) });
    expect(trend?.shift?.after).toBeCloseTo(500 / 6, 10);
  });

  it("says over how many weeks with values it is, and is of none of fewer than eight such weeks or more than 120", () => {
    expect(weekly([1, 2, null, null, 5, 6, 7, 8, 9, 10]).trend?.words).toMatch(/, over 8 weeks with values\.$/);
    expect(weekly([1, 2, null, null, null, 6, 7, 8, 9, 10]).trend).toBeNull();
    expect(weekly(Array.from({ length: 120 }, (_, week) => week + 1)).trend?.slope).toBeCloseTo(1, 10);
  });

  it("leaves out a week that is not over", () => {
    const values = [20, 21, 22, 23, 24, 25, 26, 27, 900];
    const observations = values.map((value, week) => ({ at: MONDAY + week * WEEK, value }));
    const window = { from: MONDAY, to: MONDAY + 9 * WEEK };
    const running = grid({ window, interval: "week", zone: "UTC" }, { ...window, to: window.to - DAY });

    expect(analyse(leadTime, observations, running).trend?.words).toBe(
      "Rises by about 1 h each week, over 8 weeks with values.",
    );
  });

  it("is no change of level where no point left its limits, or nobody knows any", () => {
    const risen = [10, 10.4, 9.9, 10.2, 20, 20.5, 19.8, 20.1, 20.3];

    expect(weekly(risen).limits).toBeNull();
    expect(weekly(risen).trend?.shift).toBeNull();
    const quiet = weekly(Array.from({ length: 30 }, (_, week) => 100 + 9 * (-1) ** week + week / 4));
    expect(quiet.limits?.signals.flat()).toEqual([]);
    expect(quiet.trend).toMatchObject({ shift: null });
  });

  it("is no change of level where one week alone stands out", () => {
    const { limits, trend } = weekly([10, 11, 10, 12, 11, 10, 11, 12, 10, 11, 12, 10, 11, 90]);

    expect(limits?.signals.flat()).not.toEqual([]);
    expect(trend).toMatchObject({ shift: null, words: "No steady rise or fall over 14 weeks with values." });
  });

  it("of sizes is looked for on a plain scale: their levels are means", () => {
    const sizes = theMetric("change-size");
    const { trend } = weekly([10, 30, 10, 30, 10, 30, 10, 30, 10, 30, 200, 220, 240, 200, 220, 240], sizes);

    expect(trend?.shift).toMatchObject({
      label: label(10),
      before: expect.closeTo(20, 10),
      after: expect.closeTo(220, 10),
    });
    expect(trend?.words).toBe(`The level changed once, from 20 lines to 220 lines from ${label(10)} on.`);
  });

  it("is no rise where more than half of all pairs of weeks are alike, however sure it is that later ones are higher", () => {
    const { trend } = weekly([5, 5, 5, 5, 5, 5, 5, 6, 6, 6]);

    expect(trend?.p).toBeLessThan(0.05);
    expect(trend).toMatchObject({ slope: 0, words: "No steady rise or fall over 10 weeks with values." });
  });

  it("has an interval around its slope", () => {
    const { trend } = weekly([3, 1, 4, 1.5, 5, 9, 2, 6]);

    expect(trend?.low).toBeLessThan(0);
    expect(trend?.high).toBeGreaterThan(Number(trend?.slope));
  });

  it("does not depend on the unit of time of what is measured, and turns with it", () => {
    const values = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 8, maxLength: 20 });
    fc.assert(
      fc.property(values, (drawn) => {
        const [forward, back] = [weekly(drawn).trend, weekly(drawn.toReversed()).trend];

        expect(back?.p).toBeCloseTo(Number(forward?.p), 10);
        expect(back?.slope).toBeCloseTo(-Number(forward?.slope), 10);
      }),
    );
  });
});

describe("the time between what is rare", () => {
  it("has limits from the sixth event on: gaps of two or three weeks are normal, one of 146 days is not", () => {
    const at = [0, 14, 28, 49, 63, 77, 91, 112, 126, 140, 154, 300].map((day) => MONDAY + day * DAY);
    const window = { from: MONDAY, to: MONDAY + 330 * DAY };
    const analysis = analyse(frequency, eachAt(...at), grid({ window, interval: "week", zone: "UTC" }, window));

    expect(analysis.limits).toBeNull();
    expect(analysis.between?.gaps.map(({ days }) => days)).toEqual([14, 14, 21, 14, 14, 14, 21, 14, 14, 14, 146]);
    expect(analysis.between?.gaps.map(({ signals }) => signals.length > 0)).toEqual([
      ...Array.from({ length: 10 }, () => false),
      true,
    ]);
    expect(analysis.between?.since).toBe(30);
    expect(analysis.between?.words).toMatch(
      /^Fewer than one a week, so the time between them is looked at: usually .* d, .* is normal; 1 signal in 11 gaps\. 30 d since the last\.$/,
    );
  });

  it("is not looked at where there are too few events, more than one a week, or durations", () => {
    const window = { from: MONDAY, to: MONDAY + 20 * WEEK };
    const frame = grid({ window, interval: "week" as const, zone: "UTC" }, window);
    const every = (days: number, count: number) =>
      eachAt(...Array.from({ length: count }, (_, index) => MONDAY + index * days * DAY));

    expect(analyse(frequency, every(14, 5), frame).between).toBeNull();
    expect(analyse(frequency, every(14, 6), frame).between).not.toBeNull();
    expect(analyse(frequency, every(7, 20), frame).between).toBeNull();
    expect(analyse(leadTime, every(14, 6), frame).between).toBeNull();
    expect(analyse(frequency, [], grid({ window, interval: "week", zone: "UTC" }, null)).between).toBeNull();
  });

  it("is of a rate the time between what it counts", () => {
    const window = { from: MONDAY, to: MONDAY + 20 * WEEK };
    const failRate = theMetric("change-fail-rate");
    const observations = Array.from({ length: 40 }, (_, index) => ({
      at: MONDAY + index * 3 * DAY,
      value: Number(index % 6 === 0),
    }));

    const { between } = analyse(failRate, observations, grid({ window, interval: "week", zone: "UTC" }, window));

    expect(between?.gaps.map(({ days }) => days)).toEqual([18, 18, 18, 18, 18, 18]);
    expect(between?.words).toContain("nothing left its normal variation");
  });
});

function label(week: number): string {
  const window = { from: MONDAY + week * WEEK, to: MONDAY + (week + 1) * WEEK };
  return grid({ window, interval: "week", zone: "UTC" }, window).now.periods[0]?.label ?? "";
}
