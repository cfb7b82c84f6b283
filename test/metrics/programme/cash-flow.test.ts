import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { netPresentValue, payback, ratePer, returnOnInvestment, trough } from "#metrics/programme/cash-flow.ts";
import { sum } from "#metrics/statistics/sum.ts";

const investment = [300, 200, 100, 20, 20, 20, 20, 20, 20];
const dip = [0, 40, 20, 0, 0, 0, 0, 0, 0];
const benefit = [0, 0, 30, 90, 150, 150, 150, 150, 150];
const curve = investment.map((cost, quarter) => Number(benefit[quarter]) - cost - Number(dip[quarter]));

describe("cash flows", () => {
  it("have the present value that spreadsheets give, where the first flow comes after a period", () => {
    expect(netPresentValue([-10_000, 3000, 4200, 6800], 0.1, 1)).toBeCloseTo(1188.44, 2);
  });

  it("give the known J-curve", () => {
    expect(trough(curve)).toEqual({ depth: -630, period: 2 });
    expect(payback(curve)).toBeCloseTo(7.31, 2);
    expect(netPresentValue(curve, ratePer(0.1, 4), 0)).toBeCloseTo(8.74, 2);
    expect(returnOnInvestment(sum(investment) + sum(dip), sum(benefit))).toBeCloseTo(0.11538, 5);
  });

  it("give DORA's example of a return on investment", () => {
    const [spent, brought] = [6_811_000, 80_586_667];

    expect(18_232_500 + 48_666_667 + 13_687_500).toBe(brought);
    expect(returnOnInvestment(spent, brought)).toBeCloseTo(10.832, 3);
    expect(spent / brought).toBeCloseTo(0.0845, 4);
  });

  it("are back only when they stay so", () => {
    expect(payback([-10, 20, -20, 20])).toBe(2.5);
    expect(payback([-10, 20, -20])).toBeNull();
    expect(payback([5, -5, 1])).toBe(0);
    expect(payback([])).toBe(0);
  });

  it("say nothing of a return on nothing", () => {
    expect(returnOnInvestment(0, 5)).toBeNull();
    expect(trough([1, 2])).toEqual({ depth: 0, period: null });
  });

  it("are worth their sum where money costs nothing, and less the later they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 }), (flows) => {
        expect(netPresentValue(flows, 0, 0)).toBe(sum(flows));
        expect(netPresentValue(flows, 0.1, 1)).toBeLessThanOrEqual(netPresentValue(flows, 0.1, 0));
        expect(netPresentValue(flows, 0.1, 1) * 1.1).toBeCloseTo(netPresentValue(flows, 0.1, 0), 6);
      }),
    );
  });

  it("come back between the last month in which the sum is below 0 and the next", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 }), (flows) => {
        const sums = flows.map((_, at) => sum(flows.slice(0, at + 1)));
        const last = sums.findLastIndex((one) => one < 0);
        const back = payback([...flows, 10_000]);
        expect(back).toBeGreaterThanOrEqual(Math.max(0, last));
        expect(back).toBeLessThanOrEqual(last + 1);
      }),
    );
  });

  it("have a rate for a part of a year that makes the year's", () => {
    expect((1 + ratePer(0.1, 12)) ** 12).toBeCloseTo(1.1, 12);
  });
});
