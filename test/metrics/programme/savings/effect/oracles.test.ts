import { describe, expect, it } from "vitest";
import { bootstrapped } from "#metrics/programme/savings/effect/bootstrap.ts";
import { cellsOf, meanChange } from "#metrics/programme/savings/effect/cells.ts";
import type { Cells } from "#metrics/programme/savings/effect/cells.ts";
import { gridOf, NEVER } from "#metrics/programme/savings/effect/grid.ts";
import { byGroup, byWeek, dynamic, groupTimes, overall, simple } from "#metrics/programme/savings/effect/group-time.ts";
import { reading } from "#metrics/programme/savings/effect/comparison.ts";
import { weighed, weightsOf } from "#metrics/programme/savings/effect/linear.ts";
import { longRunVariance, usualLag } from "#metrics/programme/savings/effect/newey-west.ts";
import { pooledWithSpread } from "#metrics/programme/savings/effect/series-draws.ts";
import { pooled, seriesOf } from "#metrics/programme/savings/effect/series.ts";
import { normalSize } from "#metrics/programme/savings/effect/size.ts";
import { mean } from "#metrics/statistics/mean.ts";
import { quantile } from "#metrics/statistics/quantile.ts";
import { WEEK } from "#metrics/time.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { nile } from "#test/metrics/statistics/nile.ts";

const rows = (team: string, outcomes: readonly number[], weight = 1) =>
  outcomes.map((outcome, week) => ({ team, week: week * WEEK, outcome, weight }));

/** A series of 24 weeks with a change at the 13th, worked by statsmodels. */
const SERIES = [
  50.85, 50.1, 50.85, 50.1, 52.05, 51.8, 51.25, 52.2, 52.15, 53.2, 51.95, 53, 45.15, 43.9, 44.75, 44.1, 43.45, 44.4,
  42.55, 43.2, 42.55, 43.1, 41.75, 42.2,
];
const interrupted = gridOf(rows("a", SERIES), [{ team: "a", at: 12 * WEEK }]);
const all = { gapWeeks: 0, leastWeeks: 8, from: 0, to: 24 };

const standardErrors = (variance: (column: number) => number) => [0, 1, 2, 3].map((one) => Math.sqrt(variance(one)));

describe("an interrupted time series", () => {
  const { fit, rows: columns } = known(seriesOf(interrupted, 0, all));

  it("has the coefficients of ordinary least squares", () => {
    for (const [at, expected] of [50.104545, 0.233916, -7.811538, -0.491608].entries())
      expect(fit.coefficients[at]).toBeCloseTo(expected, 6);
  });

  it("has their usual standard errors", () => {
    const variance = fit.residuals.reduce((total, one) => total + one * one, 0) / 20;
    const found = standardErrors((one) => variance * known(fit.inverse[one]?.[one]));
    for (const [at, expected] of [0.346097, 0.047025, 0.461551, 0.066504].entries())
      expect(found[at]).toBeCloseTo(expected, 6);
  });

  it("has those of Newey and West with lag 2", () => {
    const scoresOf = (one: number) =>
      columns.map((row, at) => {
        const line = known(fit.inverse[one]);
        return row.reduce((total, value, column) => total + value * known(line[column]), 0) * known(fit.residuals[at]);
      });
    const found = standardErrors((one) => longRunVariance(scoresOf(one), 2));
    for (const [at, expected] of [0.229302, 0.028269, 0.225099, 0.029712].entries())
      expect(found[at]).toBeCloseTo(expected, 6);
  });

  it("adds up over the twelve weeks since", () => {
    const found = known(pooled(interrupted, all));
    const { mean: change, standardError } = pooledWithSpread(interrupted, found, {
      lag: 2,
      draws: 0,
      seed: 1,
    });

    expect(found.weight).toBe(12);
    expect(change * 12).toBeCloseTo(-132.0839, 4);
    expect(standardError * 12).toBeCloseTo(4.0909, 4);
  });

  it("adds up with the usual standard error", () => {
    const { weights } = known(pooled(interrupted, all));
    const variance = fit.residuals.reduce((total, one) => total + one * one, 0) / 20;
    const squares = weights.reduce((total, one) => total + one * one, 0);

    expect(12 * Math.sqrt(variance * squares)).toBeCloseTo(7.3106, 4);
  });

  it("of the Nile before and after its dam, as long again as it was watched, is that of statsmodels", () => {
    const flow = gridOf(rows("nile", nile), [{ team: "nile", at: 28 * WEEK }]);
    const [one, together] = [known(seriesOf(flow, 0, { ...all, to: 100 })), known(pooled(flow, { ...all, to: 100 }))];
    const { mean: change, standardError, lag } = pooledWithSpread(flow, together, { lag: null, draws: 0, seed: 1 });

    for (const [at, expected] of [1080.93651, 1.15955, -277.88807, -1.24193].entries())
      expect(one.fit.coefficients[at]).toBeCloseTo(expected, 5);
    expect([lag, together.weight]).toEqual([3, 28]);
    expect(change * 28).toBeCloseTo(-8285.0881, 4);
    expect(standardError * 28).toBeCloseTo(2499.6878, 4);
  });

  it("looks back over four weeks of a hundred", () => {
    expect([20, 100, 150].map(usualLag)).toEqual([2, 4, 4]);
  });
});

describe("group-time differences", () => {
  const panel = [
    ...rows("never", [5.654630022, 5.591999998, 5.604808434, 5.638896282, 5.66113254], 309),
    ...rows("second", [6.179696834, 6.106563563, 6.059452087, 6.026704354, 6.085387988], 20),
    ...rows("fourth", [6.573993628, 6.517883716, 6.527941333, 6.557434575, 6.543040968], 40),
    ...rows("fifth", [5.842906496, 5.810783128, 5.82086567, 5.823866399, 5.820048247], 131),
  ];
  const grid = gridOf(panel, [
    { team: "never", at: null },
    { team: "second", at: WEEK },
    { team: "fourth", at: 3 * WEEK },
    { team: "fifth", at: 4 * WEEK },
  ]);
  const textbook = {
    controls: "never",
    baseWeeks: 1,
    gapWeeks: 0,
    basesBefore: NEVER,
    leastBase: 1,
    leastControls: 1,
    from: 0,
    to: 5,
  } as const;
  const cells = cellsOf(grid, textbook);
  const times = groupTimes(cells);

  it("are those of each group in each week since it adopted", () => {
    expect(times.map(({ group, week, change }) => [group + 1, week + 1, change.toFixed(4)])).toEqual([
      [2, 2, "-0.0105"],
      [2, 3, "-0.0704"],
      [2, 4, "-0.1373"],
      [2, 5, "-0.1008"],
      [4, 4, "-0.0046"],
      [4, 5, "-0.0412"],
      [5, 5, "-0.0261"],
    ]);
  });

  it("are others where whoever has not adopted yet is compared with, too, as reckoned in Python", () => {
    const found = groupTimes(cellsOf(grid, { ...textbook, controls: "not-yet" }));

    expect(found.map(({ change }) => change.toFixed(4))).toEqual([
      "-0.0194",
      "-0.0783",
      "-0.1363",
      "-0.1008",
      "0.0047",
      "-0.0412",
      "-0.0261",
    ]);
    expect(simple(found)).toBeCloseTo(-0.0397636, 6);
    expect(overall(found)).toBeCloseTo(-0.0304622, 6);
  });

  it("are pooled simply, by group, and overall", () => {
    expect(simple(times)).toBeCloseTo(-0.03995, 5);
    expect(byGroup(times).map(({ change }) => change.toFixed(4))).toEqual(["-0.0797", "-0.0229", "-0.0261"]);
    expect(overall(times)).toBeCloseTo(-0.031, 4);
  });

  it("are pooled by how long ago adoption was, and week by week", () => {
    const [second, fourth, fifth] = [-0.0105031, -0.0045956, -0.0260544];
    const first = (20 * second + 40 * fourth + 131 * fifth) / 191;

    expect(dynamic(times).map(({ at, teamWeeks }) => [at, teamWeeks])).toEqual([
      [0, 3],
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
    expect(known(dynamic(times)[0]).change).toBeCloseTo(first, 4);
    expect(byWeek(times).map(({ at }) => at + 1)).toEqual([2, 3, 4, 5]);
    expect(known(byWeek(times)[0]).change).toBeCloseTo(second, 4);
  });

  it("take those that adopt later into the comparison while they have not", () => {
    const later = groupTimes(cellsOf(grid, { ...textbook, controls: "not-yet" }));
    const [since, weight] = [
      (309 * (5.591999998 - 5.654630022) + 40 * (6.517883716 - 6.573993628) + 131 * (5.810783128 - 5.842906496)) / 480,
      20,
    ];

    expect(known(later[0])).toMatchObject({ group: 1, week: 1, weight });
    expect(known(later[0]).change).toBeCloseTo(6.106563563 - 6.179696834 - since, 12);
  });

  it("are a sum of values by weights, in one walk or in two", () => {
    const both = (one: Cells) => [meanChange(one), weighed(known(weightsOf(one)), grid.outcome)];
    const notYet = cellsOf(grid, { ...textbook, controls: "not-yet" });

    for (const one of [cells, notYet]) expect(both(one)[0]).toBeCloseTo(known(both(one)[1]), 12);
    expect(reading(notYet)(grid.outcome)).toBeNull();
  });
});

describe("all samples of three values", () => {
  it("have these mean, deviation and percentiles", () => {
    const means = bootstrapped([2, 4, 9], mean, 0, 1);
    const centre = mean([...means]);
    const variance = mean([...means].map((one) => (one - centre) ** 2));

    expect(means).toHaveLength(27);
    expect(centre).toBeCloseTo(5, 12);
    expect(Math.sqrt(variance)).toBeCloseTo(1.699673, 6);
    expect([0.025, 0.5, 0.975].map((p) => known(quantile(means, p)).toFixed(4))).toEqual([
      "2.4333",
      "5.0000",
      "7.9167",
    ]);
  });

  it("are drawn by a seed where they are too many to list", () => {
    const many = Array.from({ length: 12 }, (_, at) => at);

    expect(bootstrapped(many, mean, 500, 7)).toEqual(bootstrapped(many, mean, 500, 7));
    expect(bootstrapped(many, mean, 500, 7)).toHaveLength(500);
    expect(bootstrapped([], mean, 500, 7)).toHaveLength(0);
  });
});

describe("a saving that is normal", () => {
  it("has a 90 % interval and a chance of reaching the line", () => {
    const { low, high, atLeastLine } = normalSize(11.8, 2.1, 10);

    expect([low.toFixed(2), high.toFixed(2), atLeastLine.toFixed(4)]).toEqual(["8.35", "15.25", "0.8043"]);
    expect(normalSize(8, 2.1, 10).atLeastLine).toBeCloseTo(0.1705, 4);
  });
});
