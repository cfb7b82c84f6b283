import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { restrictedMean } from "#metrics/statistics/restricted-mean.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { aml, changes, durations } from "./durations.ts";
import { known } from "./known.ts";

const horizon = fc.integer({ min: 0, max: 22 });

describe("restrictedMean", () => {
  it("agrees with R for the maintained group of aml", () => {
    expect(restrictedMean(aml, 48)).toBeCloseTo(31.84, 2);
    expect(restrictedMean(aml, 161)).toBeCloseTo(52.645, 3);
  });

  it("adds up the area under the steps", () => {
    expect(restrictedMean(changes, 8)).toBeCloseTo(1 + 0.8 + 0.7 + 2 * 0.6 + 3 * 0.48, 12);
    expect(restrictedMean(changes, 20)).toBeCloseTo(9.46, 12);
    expect(restrictedMean(changes, 0)).toBe(0);
  });

  it("is unknown beyond the longest time where something is still open", () => {
    expect(restrictedMean(changes, 21)).toBeNull();
    expect(restrictedMean(known(kaplanMeier([1, 3], [])), 21)).toBe(2);
  });

  it("is the mean of what lasted no longer than the horizon where nothing is open", () => {
    fc.assert(
      fc.property(durations, horizon, (ended, most) => {
        const mean = sum(ended.map((duration) => Math.min(duration, most))) / ended.length;

        expect(restrictedMean(known(kaplanMeier(ended, [])), most)).toBeCloseTo(mean, 10);
      }),
    );
  });

  it("grows with the horizon, by no more than the horizon does", () => {
    fc.assert(
      fc.property(durations, durations, fc.integer({ min: 0, max: 19 }), (ended, open, most) => {
        const curve = known(kaplanMeier([...ended, 0], [...open, 20]));
        const [here, further] = [known(restrictedMean(curve, most)), known(restrictedMean(curve, most + 1))];

        expect(further).toBeGreaterThan(here);
        expect(further).toBeLessThanOrEqual(here + 1);
      }),
    );
  });
});
