import { describe, expect, it } from "vitest";
import { intervalWords, quantity, sampleWords } from "#metrics/sample-words.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");
const batchSize = theMetric("batch-size-commits");

describe("how many were observed", () => {
  it("is said of a share with how many of them", () => {
    expect(sampleWords(failRate, { n: 1420, k: 34 })).toBe("34 of 1,420");
    expect(sampleWords(failRate, { n: 1420, k: null })).toBe("1,420");
    expect(sampleWords(leadTime, { n: 12, k: 3 })).toBe("12");
  });
});

describe("an interval", () => {
  const none = { value: 4, perWeek: null };

  it("that has no end is not said", () => {
    expect(intervalWords(leadTime, { ...none, low: null, high: 9 })).toBe("");
    expect(intervalWords(leadTime, { ...none, low: 9, high: null })).toBe("");
  });

  it("says a unit once where both ends have it, and twice where they differ", () => {
    expect(intervalWords(leadTime, { ...none, low: 18, high: 26 })).toBe("18–26 h");
    expect(intervalWords(leadTime, { ...none, low: 18, high: 60 })).toBe("18 h–2.5 d");
    expect(intervalWords(failRate, { ...none, low: 0.2553, high: 0.3662 })).toBe("25.5–36.6 %");
    expect(intervalWords(batchSize, { ...none, low: 2, high: 12 })).toBe("2–12");
  });

  it("of a count is one per week, as the count is, and of the count itself where there is no week", () => {
    // 10 in five weeks are two a week, so that 4.7954 to 18.39 in all are a fifth of that a week.
    expect(intervalWords(frequency, { low: 4.7954, high: 18.39, value: 10, perWeek: 2 })).toBe("0.959–3.68");
    expect(intervalWords(frequency, { low: 4.7954, high: 18.39, value: 10, perWeek: null })).toBe("4.8–18.4 in all");
    expect(intervalWords(frequency, { low: 0, high: 3.689, value: 0, perWeek: 0 })).toBe("0–3.69 in all");
    expect(intervalWords(frequency, { low: 0, high: 3.689, value: null, perWeek: 2 })).toBe("0–3.69 in all");
  });
});

describe("a quantity", () => {
  it("is written with its unit", () => {
    expect(quantity(leadTime, 22)).toBe("22 h");
    expect(quantity({ ...leadTime, unit: "working-hours" }, 22)).toBe("22 working h");
    expect(quantity(failRate, 0.034)).toBe("3.4 %");
    expect(quantity(batchSize, 1234.5)).toBe("1,230");
  });
});
