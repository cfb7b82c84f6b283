import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateDifference } from "#metrics/statistics/newcombe.ts";
import { known } from "./known.ts";

const trials = fc
  .integer({ min: 1, max: 60 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));

describe("rateDifference", () => {
  it("agrees with Newcombe's example", () => {
    expect(rateDifference(56, 70, 48, 80)).toEqual({
      difference: expect.closeTo(0.2, 12),
      low: expect.closeTo(0.0524, 4),
      high: expect.closeTo(0.3339, 4),
    });
  });

  it("knows nothing where nothing was tried on either side", () => {
    expect(rateDifference(0, 0, 1, 2)).toBeNull();
    expect(rateDifference(1, 2, 0, 0)).toBeNull();
  });

  it("lies in −1 to 1 and contains the difference", () => {
    fc.assert(
      fc.property(trials, trials, (a, b) => {
        const { difference, low, high } = known(rateDifference(a.k, a.n, b.k, b.n));

        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("changes its sign when the two change places", () => {
    fc.assert(
      fc.property(trials, trials, (a, b) => {
        const there = known(rateDifference(a.k, a.n, b.k, b.n));
        const back = known(rateDifference(b.k, b.n, a.k, a.n));

        expect(back.difference).toBeCloseTo(-there.difference, 12);
        expect(back.low).toBeCloseTo(-there.high, 12);
      }),
    );
  });
});
