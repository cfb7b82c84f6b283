import { describe, expect, it } from "vitest";

import { businessCase, triangular, USUAL_TERMS } from "#metrics/programme/business-case.ts";
import { netPresentValue, ratePer } from "#metrics/programme/cash-flow.ts";

import { anInitiative, months } from "./declared.ts";

const terms = { ...USUAL_TERMS, years: 2 };

describe("a business case", () => {
  it("is a point where nothing is uncertain: six months of cost, then a twelfth of the benefit each month", () => {
    const flows = [...Array.from({ length: 6 }, () => -10_000), ...Array.from({ length: 18 }, () => 10_000)];
    const found = businessCase(anInitiative("a", { benefit: { low: 120_000, likely: 120_000, high: 120_000 } }), terms);
    const worth = netPresentValue(flows, ratePer(0.1, 12), 0);

    expect(found?.netPresentValue.p10).toBeCloseTo(worth, 6);
    expect(found?.netPresentValue.p90).toBeCloseTo(worth, 6);
    expect(found).toMatchObject({ cost: 60_000, capitalised: 0, dip: null, backAtAll: 1, deepest: -60_000 });
    expect(found?.payback).toEqual({ p10: 11, p50: 11, p90: 11 });
    expect(found?.returnOnInvestment?.p50).toBeCloseTo(2, 9);
    expect(found?.curve.slice(0, 8)).toEqual([-10_000, -20_000, -30_000, -40_000, -50_000, -60_000, -50_000, -40_000]);
  });

  it("counts what slower teams cost in the first three months, and says when nobody told", () => {
    const found = businessCase(anInitiative("a", { affected: 100_000 }), terms);

    expect(found?.dip).toBeCloseTo(45_000, 9);
    expect(found?.deepest).toBeCloseTo(-105_000, 6);
    expect(businessCase(anInitiative("a"), terms)?.dip).toBeNull();
  });

  it("lets the benefit grow evenly over its ramp", () => {
    const plan = months("2027-01", 1, 0);
    const benefit = { low: 12_000, likely: 12_000, high: 12_000 };
    const found = businessCase(anInitiative("a", { plan, benefit, ramp: 4 }), terms);

    expect(found?.curve.slice(0, 6)).toEqual([0, 250, 750, 1500, 2500, 3500]);
  });

  it("loses what is spent as often as it fails", () => {
    const found = businessCase(anInitiative("a", { chance: 0.7 }), terms);
    const never = businessCase(anInitiative("a", { chance: 0 }), terms);

    expect(found?.backAtAll).toBeGreaterThan(0.67);
    expect(found?.backAtAll).toBeLessThan(0.73);
    expect(found?.netPresentValue.p10).toBeLessThan(-55_000);
    expect(never).toMatchObject({ payback: null, backAtAll: 0 });
    expect(never?.returnOnInvestment?.p50).toBe(-1);
  });

  it("of which nothing is drawn has no chance of which anybody could tell, and its curve all the same", () => {
    const found = businessCase(anInitiative("a"), { ...terms, draws: 0 });

    expect(found).toMatchObject({ backAtAll: 0, payback: null, returnOnInvestment: null });
    expect(found?.curve).toEqual(businessCase(anInitiative("a"), terms)?.curve);
  });

  it("is the same whenever it is asked, and another with another seed", () => {
    const uncertain = anInitiative("a", { benefit: { low: 0, likely: 90_000, high: 300_000 }, chance: 0.5 });

    expect(businessCase(uncertain)).toEqual(businessCase(uncertain));
    expect(businessCase(uncertain, { ...USUAL_TERMS, seed: 2 })).not.toEqual(businessCase(uncertain));
  });

  it("has none of its own for an enabler, and none without a plan", () => {
    expect(businessCase(anInitiative("a", { benefit: null }))).toBeNull();
    expect(businessCase(anInitiative("a", { plan: [] }))).toBeNull();
  });

  it("has no return where nothing is spent", () => {
    expect(businessCase(anInitiative("a", { plan: months("2027-01", 2, 0) }))?.returnOnInvestment).toBeNull();
  });

  it("says what is an investment in the sense of the books", () => {
    expect(businessCase(anInitiative("a", { capitalised: 0.4 }))?.capitalised).toBeCloseTo(24_000, 9);
  });
});

describe("a triangular distribution", () => {
  it("has its shares where its definition puts them", () => {
    const range = { low: 0, likely: 3, high: 12 };

    // F(x) = x² / (12 · 3) up to 3, and 1 − (12 − x)² / (12 · 9) from there.
    expect(triangular(range, 0)).toBe(0);
    expect(triangular(range, 0.25)).toBeCloseTo(3, 12);
    expect(triangular(range, 1)).toBe(12);
    expect(triangular(range, 0.5)).toBeCloseTo(12 - Math.sqrt(54), 12);
    expect(triangular({ low: 5, likely: 5, high: 5 }, 0.3)).toBe(5);
  });
});

describe("the inverse of a triangular distribution", () => {
  it("has these values below which a share of it lies", () => {
    const range = { low: 10, likely: 20, high: 40 };

    // A third lies below 20: below it the density rises by 2 / (30 · 10), above it falls by 2 / (30 · 20).
    expect([0, 1 / 12, 1 / 3, 5 / 6, 1].map((share) => triangular(range, share))).toEqual([10, 15, 20, 30, 40]);
    expect(triangular({ low: 7, likely: 7, high: 7 }, 0.3)).toBe(7);
  });
});
