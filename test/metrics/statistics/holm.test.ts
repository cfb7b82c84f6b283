import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "#metrics/statistics/holm.ts";
import { known } from "./known.ts";
import { nearly } from "./nearly.ts";

const some = fc.array(
  fc.integer({ min: 0, max: 20 }).map((steps) => steps / 200),
  { maxLength: 8 },
);

describe("holm", () => {
  it("agrees with R's p.adjust", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual(nearly([0.03, 0.06, 0.06, 0.02]));
    expect(holm([0.01, 0.02, 0.03, 0.04, 0.05])).toEqual(nearly([0.05, 0.08, 0.09, 0.09, 0.09]));
  });

  it("leaves one test alone, and none", () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });

  it("never exceeds 1", () => {
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
  });

  it("is the step-down test: the smallest must pass 5 % of the tests left, and once one fails all later ones do", () => {
    fc.assert(
      fc.property(some, (ps) => {
        const sorted = ps.toSorted((a, b) => a - b);
        const passes = sorted.map((p, rank) => p * (ps.length - rank) <= 0.05);
        const passed = passes.filter((_, rank) => passes.slice(0, rank + 1).every(Boolean));

        expect(holm(ps).filter((p) => p <= 0.05)).toHaveLength(passed.length);
      }),
    );
  });

  it("lies between the p itself and Bonferroni's, and keeps their order", () => {
    fc.assert(
      fc.property(some, (ps) => {
        const adjusted = holm(ps);
        const order = [...ps.keys()].toSorted((a, b) => known(ps[a]) - known(ps[b]));
        const inOrder = order.map((index) => known(adjusted[index]));

        for (const [index, p] of ps.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(p);
          expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, p * ps.length));
        }
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      }),
    );
  });
});
