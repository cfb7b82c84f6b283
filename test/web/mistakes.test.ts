import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thingOf } from "#web/programme/fields.ts";
import { amountIn } from "#web/programme/lines.ts";
import { mistakeIn, refusal, targetMistake } from "#web/programme/mistakes.ts";

describe("what is typed wrongly into a form of the programme", () => {
  it("is told by its line and in the form's own words", () => {
    expect(mistakeIn("initiatives", { plan: "2026-11 100\n2026-12 80,00" })).toBe(
      "Line 2 of “Plan”, 2026-12: “80,00” is no number. Write it such as 2027-01 12000.",
    );
    expect(mistakeIn("initiatives", { plan: "2026-12 80 000" })).toContain("“80 000” is too much");
    expect(mistakeIn("initiatives", { actuals: "2026-12" })).toBe(
      "Line 1 of “What came”: “2026-12” says no number. Write it such as 2027-01 11000 0.",
    );
    expect(mistakeIn("timeStudies", { hours: "toil many" })).toContain("“many” is no number. Write it such as toil 12");
    expect(mistakeIn("initiatives", { plan: "2026-12 80,000\n\n", actuals: "2026-12 1 2" })).toBeNull();
  });

  it("is told where only a part of a benefit, or of what is expected, was said", () => {
    expect(mistakeIn("initiatives", { "benefit.low": "1", "benefit.high": "3" })).toBe(
      "“What it brings” is said in part: “… likely” is missing. Say all of it, or leave “Brings a year, at least”, “… likely”, “… at most” empty.",
    );
    expect(mistakeIn("initiatives", { "hypothesis.metric": "lead time" })).toContain(
      "“Why so, and what is expected” is said in part: “… goes from”, “… to”, “… by”, “… because” are missing.",
    );
    expect(mistakeIn("initiatives", { "benefit.low": "1", "benefit.likely": "2", "benefit.high": "3" })).toBeNull();
  });

  it("is no mistake where thousands are parted by commas", () => {
    expect(thingOf("initiatives", { plan: "2026-12 80,000" }, null)["plan"]).toEqual([
      { month: "2026-12", cost: 80_000 },
    ]);
    expect(["1,5", "80,00", "1,2345", ",100", "8,000,00"].map(amountIn)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(amountIn(number.toLocaleString("en"))).toBe(number);
        expect(amountIn(String(number))).toBe(number);
      }),
    );
  });

  it("is a target without its year", () => {
    expect(targetMistake("2029 Weekly\n\nsoon Daily")).toBe(
      "Line 3 of the targets: begin with the year, such as 2029 Every service is deployed weekly.",
    );
    expect(targetMistake("")).toBeNull();
    expect(targetMistake("2029: Weekly\n2030, Daily")).toBeNull();
  });

  it("is told by the label of its field where the server refuses it", () => {
    const told =
      "✖ Say which elements of the backbone it needs.\n  → at change.thing.elements\n✖ This is no year.\n  → at change.thing.by";

    expect(refusal(told, "useCases")).toBe(
      "Elements it needs: Say which elements of the backbone it needs. By the year: This is no year.",
    );
    expect(refusal("✖ Odd.\n  → at change.thing.plan[4].cost", "initiatives")).toBe("Plan: Odd.");
    expect(refusal("Somebody was faster.", "useCases")).toBe("Somebody was faster.");
  });
});
