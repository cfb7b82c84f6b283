import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "#metrics/statistics/wilson.ts";
import { known } from "./known.ts";

const trials = fc
  .integer({ min: 1, max: 60 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));

describe("wilson", () => {
  it("agrees with Newcombe's and Wilson's figures", () => {
    expect(wilson(81, 263)).toEqual({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) });
    expect(wilson(0, 4)).toEqual({ low: 0, high: expect.closeTo(0.4899, 4) });
    expect(wilson(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) });
  });

  it("knows nothing where nothing was tried", () => {
    expect(wilson(0, 0)).toBeNull();
  });

  it("lies in 0 to 1, contains the rate and has a width", () => {
    fc.assert(
      fc.property(trials, ({ k, n }) => {
        const { low, high } = known(wilson(k, n));

        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        expect(high).toBeLessThanOrEqual(1);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it("has the score bounds: at each the rate lies 1.96 standard deviations away", () => {
    fc.assert(
      fc.property(trials, ({ k, n }) => {
        const { low, high } = known(wilson(k, n));
        const distance = (bound: number): number => (k / n - bound) ** 2;
        const allowed = (bound: number): number => (1.959963984540054 ** 2 * bound * (1 - bound)) / n;

        expect(distance(low)).toBeCloseTo(allowed(low), 12);
        expect(distance(high)).toBeCloseTo(allowed(high), 12);
      }),
    );
  });

  it("mirrors when failures and successes change places", () => {
    fc.assert(
      fc.property(trials, ({ k, n }) => {
        const one = known(wilson(k, n));
        const other = known(wilson(n - k, n));

        expect(other.low).toBeCloseTo(1 - one.high, 12);
      }),
    );
  });
});
