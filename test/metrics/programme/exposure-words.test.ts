import { describe, expect, it } from "vitest";
import { constraintWords, exposureWords, priorityWords } from "#metrics/programme/exposure-words.ts";
import { attribution } from "#metrics/programme/waits.ts";
import type { Wait } from "#metrics/programme/waits.ts";
import { EXPOSURE_TERMS } from "#metrics/programme/worlds.ts";

const amount = { amount: 1234.5, low: 900, high: 1600 };
const part = { ...amount, rank: 2, best: 1, worst: 3 };
const exposure = {
  system: "ERP",
  element: "core" as const,
  parts: { value: part, capacity: null, loss: null },
  topThree: 0.9,
  removable: { ...amount, share: 0.4 },
  priority: null,
};
const terms = {
  ...EXPOSURE_TERMS,
  costOfDelay: 10,
  rate: 60,
  unknown: 0.1,
  by: "value" as const,
  unit: "EUR",
  supposed: null,
};
const isRanked = { isRanked: true, isWorthKnown: true };

describe("what is said of an exposure", () => {
  it("is how much it is, its rank, and what of it would not be", () => {
    expect(exposureWords(exposure, terms, isRanked)).toBe(
      "ERP: value lost to waiting 1,230 EUR (90 %: 900 to 1,600), rank 2, among the first three in 90 % of the draws. At the level of the better quarter of comparable systems 1,230 EUR of it would not be (40 %).",
    );
  });

  it("has no unit where none is known, and no rank where too much is unknown", () => {
    expect(
      exposureWords({ ...exposure, removable: null }, { ...terms, unit: "" }, { ...isRanked, isRanked: false }),
    ).toBe(
      "ERP: value lost to waiting 1,230 (90 %: 900 to 1,600), not ranked, since too much is unknown. Too few comparable systems to say how much of it could be removed.",
    );
  });

  it("says what is supposed, and that others are no better", () => {
    expect(exposureWords(exposure, { ...terms, supposed: 0.25 }, isRanked)).toContain(
      "Without 25 % of it, 1,230 EUR would not be.",
    );
    expect(exposureWords({ ...exposure, removable: { ...amount, share: 0 } }, terms, isRanked)).toContain(
      "Comparable systems are no better.",
    );
  });

  it("tells no cents, and nothing as nothing", () => {
    const removing = (amount: number) =>
      exposureWords({ ...exposure, removable: { ...exposure.removable, amount, share: 0.5 } }, terms, isRanked);

    expect(removing(0.361)).toContain("less than 1 EUR of it would not be (50 %)");
    expect(removing(0)).toContain("comparable systems 0 EUR of it");
    expect(removing(1)).toContain("comparable systems 1 EUR of it");
  });

  it("says why nothing is known", () => {
    const capacity = { ...terms, by: "capacity" as const };

    expect(exposureWords(exposure, capacity, isRanked)).toBe(
      "ERP: working time is not known, since nobody said what an hour of it costs.",
    );
    expect(exposureWords(exposure, { ...terms, by: "loss" }, { ...isRanked, isWorthKnown: false })).toBe(
      "ERP: losses are not known, since no use case says what waiting here is worth.",
    );
  });
});

describe("what is said of the constraint", () => {
  const aWait = (certainty: Wait["certainty"], hours: number): Wait => {
    const place = { service: "shop", change: "1", kind: "review", from: 0, to: 1 } as const;
    return { ...place, system: "ERP", element: "core", certainty, hours };
  };
  const found = attribution([aWait("measured", 6), aWait("declared", 3), aWait("unknown", 1)]);
  const core = { element: "core", hours: 6 };
  const row = { system: "ERP", elements: [core], hours: 9, words: "ERP: losses 90 EUR." };

  it("is how much of all waiting it is, for which part of it, and how well that is known", () => {
    expect(constraintWords(row, { rank: "value", found })).toBe(
      "Most is lost to waiting for ERP: 90 % of 10 h that changes waited, most of it for its core. Of these hours 60 % are measured, 30 % declared and 10 % unknown.",
    );
  });

  it.each([
    ["no part is known", []],
    ["nobody knows the part", [{ element: null, hours: 6 }]],
  ] as const)("names no part where %s", (_, elements) => {
    expect(constraintWords({ ...row, elements }, { rank: "value", found })).toContain("that changes waited. Of these");
  });

  it("is what is known of it where it comes first by something else, or where nothing waited", () => {
    expect(constraintWords(row, { rank: "loss", found })).toBe("By losses ERP comes first. ERP: losses 90 EUR.");
    expect(constraintWords(row, { rank: "value", found: attribution([]) })).toBe(
      "By value lost to waiting ERP comes first. ERP: losses 90 EUR.",
    );
  });
});

describe("what is said of a priority", () => {
  const own = {
    removable: amount,
    priority: { ...part, amount: 12.34, low: 5, high: 20, topThree: 0.8 },
    chance: 0.5,
    cost: 1000,
  };
  const units = { unit: "hours", currency: "EUR" };

  it("tells no digits after three noughts", () => {
    const small = { ...own, priority: { ...own.priority, amount: 0.0004, low: 0, high: 0.001 } };

    expect(priorityWords(small, units)).toContain(
      "less than 0.001 hours for each EUR (90 %: 0 to 0.001), among the first three",
    );
  });

  it("is what could be removed for what is still to pay, and how stable its place is", () => {
    expect(priorityWords(own, units)).toBe(
      "It could remove 1,230 hours in half a year: by a chance of 50 % and 1,000 EUR still to pay, 12 hours for each EUR (90 %: 5 to 20), among the first three in 80 % of the draws.",
    );
    expect(priorityWords({ ...own, priority: { ...own.priority, topThree: null } }, units)).toMatch(
      /\(90 %: 5 to 20\)\.$/,
    );
  });

  it("is what is missing where it cannot be said", () => {
    expect(priorityWords({ ...own, priority: null }, units)).toBe(
      "It could remove 1,230 hours in half a year; its plan says no cost that is still to come.",
    );
    expect(priorityWords({ ...own, removable: null }, units)).toMatch(
      /^Nothing that was measured is about its element/,
    );
  });
});
