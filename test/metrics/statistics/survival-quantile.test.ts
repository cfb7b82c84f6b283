import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { survivalQuantile } from "#metrics/statistics/survival-quantile.ts";
import { aml, amlNotMaintained, changes, durations, kidney, orNever, ovarian, treated6mp } from "./durations.ts";
import { known } from "./known.ts";

describe("survivalQuantile", () => {
  it("has a median of 5 days where the changes that are merged alone have 2.5", () => {
    expect(survivalQuantile(changes, 0.5)).toBe(5);
    expect(median([1, 1, 2, 3, 5, 8])).toBe(2.5);
  });

  it("agrees with R for aml and with SAS for 6-MP", () => {
    expect(survivalQuantile(aml, 0.5)).toBe(31);
    expect(survivalQuantile(amlNotMaintained, 0.5)).toBe(23);
    expect(survivalQuantile(treated6mp, 0.25)).toBe(13);
    expect(survivalQuantile(treated6mp, 0.5)).toBe(23);
  });

  it("is not reached where too many are open, and then takes more than the longest time seen", () => {
    expect(survivalQuantile(changes, 0.85)).toBeNull();
    expect(changes.longest).toBe(20);
    expect(survivalQuantile(known(kaplanMeier([], [21, 3])), 0.5)).toBeNull();
  });

  it("is the middle of a level part, as the median of an even number of values is", () => {
    expect(survivalQuantile(known(kaplanMeier([1, 2, 4, 9], [])), 0.5)).toBe(3);
    expect(survivalQuantile(known(kaplanMeier([1, 2, 4, 9], [])), 0.25)).toBe(1.5);
  });

  it("is where the curve comes down to a level that it never leaves, which does not move as what is open gets older", () => {
    expect(survivalQuantile(known(kaplanMeier([1, 2], [7, 8])), 0.5)).toBe(2);
    expect(survivalQuantile(known(kaplanMeier([1, 2], [70, 80])), 0.5)).toBe(2);
  });

  it("agrees with R for kidney catheters, and for ovarian cancer, whose last quarter nobody saw", () => {
    expect([0.25, 0.5, 0.75, 0.85].map((p) => survivalQuantile(kidney, p))).toEqual([26, 78, 190, 292]);
    expect([0.25, 0.5, 0.75].map((p) => survivalQuantile(ovarian, p))).toEqual([365, 638, null]);
  });

  it("is unknown for what is no share", () => {
    expect(survivalQuantile(changes, 0)).toBeNull();
    expect(survivalQuantile(changes, -0.1)).toBeNull();
    expect(survivalQuantile(changes, 1.1)).toBeNull();
    expect(survivalQuantile(known(kaplanMeier([1, 2], [])), 1)).toBe(2);
  });

  it("is the ordinary median where nothing is open", () => {
    fc.assert(
      fc.property(durations, (ended) => {
        expect(survivalQuantile(known(kaplanMeier(ended, [])), 0.5)).toBe(median(sortedNumbers(ended)));
      }),
    );
  });

  it("never falls when something that ended turns out to be still open", () => {
    fc.assert(
      fc.property(durations, durations, fc.integer({ min: 1, max: 99 }), (ended, open, percent) => {
        const [first = 0, ...others] = ended;
        const before = orNever(survivalQuantile(known(kaplanMeier(ended, open)), percent / 100));
        const after = orNever(survivalQuantile(known(kaplanMeier(others, [...open, first])), percent / 100));

        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it("never falls as the share rises", () => {
    fc.assert(
      fc.property(durations, durations, fc.integer({ min: 1, max: 99 }), (ended, open, percent) => {
        const curve = known(kaplanMeier(ended, open));
        const at = (share: number): number => orNever(survivalQuantile(curve, share));

        expect(at((percent + 1) / 100)).toBeGreaterThanOrEqual(at(percent / 100));
      }),
    );
  });
});
