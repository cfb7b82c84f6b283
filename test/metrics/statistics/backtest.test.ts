import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtest } from "#metrics/statistics/backtest.ts";
import { random } from "#metrics/statistics/random.ts";
import { known } from "./known.ts";

describe("backtest", () => {
  it("covers everything where every period is the same", () => {
    expect(backtest(Array<number>(12).fill(2), 2)).toEqual({ covered: { p50: 1, p85: 1, p95: 1 }, intervals: 4 });
  });

  it("covers nothing where the work stops, and everything where it speeds up", () => {
    const steady = Array<number>(7).fill(3);

    expect(backtest([...steady, 0, 0], 2)).toEqual({ covered: { p50: 0, p85: 0, p95: 0 }, intervals: 1 });
    expect(backtest([...steady, 9, 9], 2)).toEqual({ covered: { p50: 1, p85: 1, p95: 1 }, intervals: 1 });
  });

  it("covers about as much as each level says where periods are alike", () => {
    const draw = random(7);
    const alike = Array.from({ length: 300 }, () => draw(6) + draw(6));

    const { p50, p85, p95 } = known(backtest(alike, 4, 100).covered);

    expect(Math.abs(p50 - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(p85 - 0.85)).toBeLessThan(0.08);
    expect(Math.abs(p95 - 0.95)).toBeLessThan(0.05);
  });

  it("rests each forecast on no more than the latest samples", () => {
    const slower = [...Array<number>(20).fill(9), ...Array<number>(8).fill(1)];

    expect(backtest(slower, 1, 7).covered?.p95).toBeGreaterThan(known(backtest(slower, 1).covered).p95);
  });

  it("leaves out what could not be forecast", () => {
    expect(backtest([...Array<number>(8).fill(0), 1, 1, 1], 1).intervals).toBe(2);
    expect(backtest(Array<number>(20).fill(0), 1)).toEqual({ covered: null, intervals: 0 });
  });

  it("knows nothing before seven periods and an interval have passed", () => {
    expect(backtest([], 1)).toEqual({ covered: null, intervals: 0 });
    expect(backtest([1, 2, 3, 4, 5, 6, 7], 1)).toEqual({ covered: null, intervals: 0 });
    expect(backtest([1, 2, 3, 4, 5, 6, 7, 8], 1).intervals).toBe(1);
  });

  it("covers more at the surer levels", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 9, maxLength: 14 }), (throughput) => {
        const { p50, p85, p95 } = known(backtest([1, ...throughput], 2).covered);

        expect(p50).toBeLessThanOrEqual(p85);
        expect(p85).toBeLessThanOrEqual(p95);
      }),
      { numRuns: 20 },
    );
  });
});
