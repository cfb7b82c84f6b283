import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doneWithin, whenDone } from "#metrics/statistics/forecast.ts";
import { known } from "./known.ts";

const weeks = [0, 3, 1, 0, 5, 2, 2, 4, 0, 1];
const throughput = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 7, maxLength: 12 })
  .filter((items) => items.some((count) => count > 0));

const few = { numRuns: 20 };

describe("whenDone", () => {
  it("is certain where every period is the same", () => {
    expect(whenDone(Array<number>(7).fill(2), 7)).toEqual({ levels: { p50: 4, p85: 4, p95: 4 }, reason: null });
  });

  it("agrees with the geometric distribution: one item, in weeks of which 7 of 10 have one", () => {
    // Within 1 week 70 %, 2 weeks 91 %, 3 weeks 97.3 %.
    expect(whenDone([0, 1, 1, 0, 1, 1, 1, 0, 1, 1], 1).levels).toEqual({ p50: 1, p85: 2, p95: 3 });
  });

  it("needs no time for nothing", () => {
    expect(whenDone(weeks, 0).levels).toEqual({ p50: 0, p85: 0, p95: 0 });
  });

  it("has no number beyond 520 periods", () => {
    expect(whenDone(Array<number>(7).fill(1), 520).levels).toEqual({ p50: 520, p85: 520, p95: 520 });
    expect(whenDone(Array<number>(7).fill(1), 521).levels).toEqual({ p50: null, p85: null, p95: null });
  });

  it("is refused below seven periods, and where nothing was ever done", () => {
    expect(whenDone([1, 2, 3, 4, 5, 6], 3)).toEqual({
      levels: null,
      reason: "A forecast needs 7 complete periods; there are 6.",
    });
    expect(whenDone([1], 3).reason).toBe("A forecast needs 7 complete periods; there is 1.");
    expect(whenDone(Array<number>(9).fill(0), 3)).toEqual({
      levels: null,
      reason: "Nothing was done in any of 9 periods.",
    });
  });

  it("has the same answer whenever it is asked, and nearly the same with other chance", () => {
    expect(whenDone(weeks, 20)).toEqual(whenDone(weeks, 20));
    expect(Math.abs(known(whenDone(weeks, 20, 2).levels?.p85) - known(whenDone(weeks, 20).levels?.p85))).toBeLessThan(
      2,
    );
  });

  it("needs more periods to be surer, and for more items", () => {
    fc.assert(
      fc.property(throughput, fc.integer({ min: 1, max: 20 }), (items, count) => {
        const { p50, p85, p95 } = known(whenDone(items, count).levels);

        expect(p50).toBeLessThanOrEqual(known(p85));
        expect(p85).toBeLessThanOrEqual(known(p95));
        expect(whenDone(items, count + 1).levels?.p85).toBeGreaterThanOrEqual(known(p85));
      }),
      few,
    );
  });
});

describe("doneWithin", () => {
  it("is certain where every period is the same", () => {
    expect(doneWithin(Array<number>(7).fill(2), 4)).toEqual({ levels: { p50: 8, p85: 8, p95: 8 }, reason: null });
  });

  it("agrees with the binomial distribution: of ten weeks with an item in every second one", () => {
    expect(doneWithin([0, 1, 0, 1, 0, 1, 0, 1], 10).levels).toEqual({ p50: 5, p85: 3, p95: 2 });
  });

  it("has a median near the mean over many periods", () => {
    expect(Math.abs(known(doneWithin(weeks, 100).levels).p50 - 180)).toBeLessThan(3);
  });

  it("has other chance with another seed", () => {
    const large = weeks.map((items) => items * 1000 + 7);

    expect(doneWithin(large, 50, 2, 500)).not.toEqual(doneWithin(large, 50, 1, 500));
    expect(doneWithin(large, 50, 1, 500)).toEqual(doneWithin(large, 50, 1, 500));
  });

  it("has nothing in no time", () => {
    expect(doneWithin(weeks, 0).levels).toEqual({ p50: 0, p85: 0, p95: 0 });
  });

  it("is refused as the other one is", () => {
    expect(doneWithin([1, 2, 3, 4, 5, 6], 4)).toEqual({
      levels: null,
      reason: "A forecast needs 7 complete periods; there are 6.",
    });
    expect(doneWithin(Array<number>(7).fill(0), 4).levels).toBeNull();
  });

  it("promises fewer items to be surer", () => {
    fc.assert(
      fc.property(throughput, fc.integer({ min: 1, max: 20 }), (items, periods) => {
        const { p50, p85, p95 } = known(doneWithin(items, periods).levels);

        expect(p50).toBeGreaterThanOrEqual(p85);
        expect(p85).toBeGreaterThanOrEqual(p95);
      }),
      few,
    );
  });

  it("agrees with when: so many items are done within the periods exactly where they are done by then", () => {
    fc.assert(
      fc.property(
        throughput,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (items, count, periods) => {
          const when = known(whenDone(items, count).levels);
          const within = known(doneWithin(items, periods).levels);

          expect(known(when.p85) <= periods).toBe(within.p85 >= count);
          expect(known(when.p50) <= periods).toBe(within.p50 >= count);
        },
      ),
      few,
    );
  });
});
