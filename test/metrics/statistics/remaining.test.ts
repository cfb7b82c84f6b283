import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { remaining } from "#metrics/statistics/remaining.ts";
import { survivalQuantile } from "#metrics/statistics/survival-quantile.ts";
import { aml, changes, durations } from "./durations.ts";
import { known } from "./known.ts";

describe("remaining", () => {
  it("is what the conditional survival says", () => {
    // Of the .6 that last longer than 3 days, half is .3, which is not reached by day 20.
    expect(remaining(changes, 3)).toEqual({ p50: null, p85: null, n: 6, known: 17 });
    // Of the .818 that last longer than 13 weeks, half is .409: week 34. 15 % is .123: not reached.
    expect(remaining(aml, 13)).toEqual({ p50: 21, p85: null, n: 8, known: 148 });
  });

  it("begins between two steps", () => {
    expect(remaining(aml, 15)).toEqual({ p50: 19, p85: null, n: 8, known: 146 });
    expect(remaining(aml, 0)?.p50).toBe(31);
  });

  it("knows nothing of what is older than everything seen", () => {
    expect(remaining(changes, 20)).toBeNull();
    expect(remaining(changes, 100)).toBeNull();
  });

  it("is the ordinary median of what remained where nothing is open", () => {
    fc.assert(
      fc.property(durations, fc.integer({ min: 0, max: 20 }), (ended, age) => {
        const remained = ended.filter((duration) => duration > age).map((duration) => duration - age);
        const found = remaining(known(kaplanMeier([...ended, 21], [])), age);

        expect(found).toMatchObject({ p50: median(sortedNumbers([...remained, 21 - age])), n: remained.length + 1 });
      }),
    );
  });

  it("is the curve of those alone that lasted longer", () => {
    fc.assert(
      fc.property(durations, durations, fc.integer({ min: 0, max: 20 }), (ended, open, age) => {
        const older = (values: readonly number[]): number[] =>
          values.filter((value) => value > age).map((value) => value - age);
        const alone = known(kaplanMeier(older(ended), older([...open, 21])));

        expect(remaining(known(kaplanMeier(ended, [...open, 21])), age)).toEqual({
          p50: survivalQuantile(alone, 0.5),
          p85: survivalQuantile(alone, 0.85),
          n: alone.n,
          known: alone.longest,
        });
      }),
    );
  });
});
