import { describe, expect, it } from "vitest";
import type { Outcomes } from "#metrics/programme/outcomes.ts";
import { outcomeConditions } from "#metrics/programme/outcomes.ts";

const CALM = { isCalm: true, words: "Nothing unfavourable in 8 weeks." };
const rated = (change: number, high: number): Outcomes["rates"] => ({ fail: { change, high }, rework: null });
const states = (known: Outcomes) => outcomeConditions(known, 0.02).map(({ state }) => state);

describe("what a stage asks beside practices", () => {
  it("is a rate that did not rise, or of which it is sure that it rose by no more than is allowed", () => {
    const fails = (change: number, high: number) =>
      states({ baseline: "Before", rates: rated(change, high), calm: CALM })[0];

    expect(fails(-0.01, 0.09)).toBe("met");
    expect(fails(0, 0.3)).toBe("met");
    expect(fails(0.01, 0.02)).toBe("met");
    expect(fails(0.01, 0.03)).toBe("not-met");
  });

  it("cannot be said where nothing is frozen, or too little is known", () => {
    expect(states({ baseline: null, rates: null, calm: null })).toEqual([
      "cannot-be-said",
      "cannot-be-said",
      "cannot-be-said",
    ]);
    expect(states({ baseline: "Before", rates: rated(0, 0), calm: { isCalm: null, words: "Too short." } })).toEqual([
      "met",
      "cannot-be-said",
      "cannot-be-said",
    ]);
    expect(states({ baseline: "Before", rates: rated(0, 0), calm: { isCalm: false, words: "One signal." } })[2]).toBe(
      "not-met",
    );
  });

  it("says against what, and by how much", () => {
    const [fail] = outcomeConditions({ baseline: "Before", rates: rated(0.05, 0.125), calm: CALM }, 0.02);

    expect(fail?.words).toBe(
      "The change fail rate is not shown to be no worse: +5 points since the baseline “Before”, at most +12.5 points.",
    );
  });
});
