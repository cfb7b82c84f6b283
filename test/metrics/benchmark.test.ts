import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Measured } from "#metrics/benchmark.ts";
import { codeOf, INDUSTRIES, quickCheck } from "#metrics/benchmark.ts";
import { mean } from "#metrics/statistics/mean.ts";

const DAY = 24;
const MONTH = (365.25 / 12) * DAY;

function measured(has: Partial<Measured> = {}): Measured {
  return {
    leadTimeHours: 30,
    changes: 10,
    gapHours: 5,
    deployments: 20,
    recoveryHours: 0.5,
    failRate: 0.05,
    reworkRate: 0.1,
    ...has,
  };
}

describe("the code of a duration", () => {
  it.each([
    [0, 6],
    [0.999, 6],
    [1, 5],
    [DAY - 0.001, 5],
    [DAY, 4],
    [7 * DAY - 0.001, 4],
    [7 * DAY, 3],
    [MONTH - 0.001, 3],
    [MONTH, 2],
    [6 * MONTH, 2],
    [6 * MONTH + 0.001, 1],
    [100_000, 1],
  ])("of %d h is %d", (hours, code) => {
    expect(codeOf(hours)).toBe(code);
  });
});

describe("the quick check", () => {
  it("scores options by their code, rates by their percent, and takes the means", () => {
    const { factors, overall, throughput, stability } = quickCheck(measured());

    expect(factors.map(({ factor, score, option }) => [factor, score, option])).toEqual([
      ["lead-time", 6, "1 day to 1 week"],
      ["frequency", 8, "once an hour to once a day"],
      ["recovery", 10, "less than 1 hour"],
      ["fail-rate", 9.5, null],
      ["rework-rate", 9, null],
    ]);
    expect([throughput, stability, overall]).toEqual([8, 9.25, 8.5]);
  });

  it("gives the industry the overall score that its edition prints", () => {
    expect(INDUSTRIES.map(({ means }) => mean(means))[0]).toBeCloseTo(6.72, 9);
  });

  it("says nothing below 20 deployments or 10 changes, and why", () => {
    const { factors, overall } = quickCheck(measured({ deployments: 19, changes: 9 }));

    expect(factors.map(({ score }) => score)).toEqual([null, null, null, null, null]);
    expect(factors.map(({ reason }) => reason)).toEqual([
      "9 changes in this window: too few to compare (from 10).",
      ...Array.from({ length: 4 }, () => "19 deployments in this window: too few to compare (from 20)."),
    ]);
    expect(overall).toBeNull();
  });

  it("is the mean of what is known", () => {
    const { factors, overall, throughput, stability } = quickCheck(
      measured({ recoveryHours: null, reworkRate: null, failRate: 0 }),
    );

    expect(factors.filter(({ score }) => score === null).map(({ reason }) => reason)).toEqual([
      "Nothing is known of it in this window.",
      "Nothing is known of it in this window.",
    ]);
    expect([throughput, stability, overall]).toEqual([7, 10, 8]);
  });

  it("lies between 0 and 10, and is never better for being slower or failing more", () => {
    const hours = fc.double({ min: 0, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(hours, hours, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, failRate) => {
        const [fast, slow] = [Math.min(a, b), Math.max(a, b)].map((leadTimeHours) =>
          quickCheck(measured({ leadTimeHours, failRate })),
        );
        expect(fast?.overall).toBeGreaterThanOrEqual(Number(slow?.overall));
        expect(slow?.overall).toBeGreaterThanOrEqual(0);
        expect(fast?.overall).toBeLessThanOrEqual(10);
      }),
    );
  });
});
