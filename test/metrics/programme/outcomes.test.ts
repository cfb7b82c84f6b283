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
    const said = (known: Outcomes) => outcomeConditions(known, 0.02).map(({ id, words }) => `${id}: ${words}`);

    expect(said({ baseline: "Before", rates: rated(0.05, 0.125), calm: CALM })).toEqual([
      "fail-rate-not-worse: The change fail rate is not shown to be no worse: +5 points since the baseline “Before”, at most +12.5 points.",
      "rework-rate-not-worse: Too few deployments tell the rework rate then and now.",
      "calm: Nothing unfavourable in 8 weeks.",
    ]);
    expect(
      said({ baseline: "Before", rates: rated(-0.01, 0.015), calm: { isCalm: null, words: "Eleven weeks." } }),
    ).toEqual([
      "fail-rate-not-worse: The change fail rate is not worse: −1 points since the baseline “Before”, at most +1.5 points.",
      "rework-rate-not-worse: Too few deployments tell the rework rate then and now.",
      "calm: Eleven weeks.",
    ]);
    expect(said({ baseline: null, rates: null, calm: null })).toEqual([
      "fail-rate-not-worse: No baseline is frozen to hold the change fail rate against.",
      "rework-rate-not-worse: No baseline is frozen to hold the rework rate against.",
      "calm: Its past is too short for limits.",
    ]);
  });
});
