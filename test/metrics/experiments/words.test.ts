import { describe, expect, it } from "vitest";
import { outcomeWords, promiseWords, targetWords } from "#metrics/experiments/words.ts";
import type { Measure } from "#metrics/measure.ts";
import { measure } from "#metrics/measure.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");

describe("a target", () => {
  it("is written in the terms of its metric: a duration, a share, so many a week", () => {
    expect(targetWords(leadTime, 20)).toBe("20 h");
    expect(targetWords(failRate, 0.05)).toBe("5 %");
    expect(targetWords(frequency, 3)).toBe("3 a week");
  });
});

describe("what is promised of an experiment", () => {
  it("is how often it would be seen, and what helps where that is seldom", () => {
    expect(promiseWords(leadTime, 20, 8, 0.8)).toBe(
      "If it becomes 20 h, 8 weeks show it in 80 of 100 such experiments.",
    );
    expect(promiseWords(leadTime, 20, 8, 0.794)).toBe(
      "If it becomes 20 h, 8 weeks show it in 79 of 100 such experiments: more weeks, or a larger step, would show it more often.",
    );
  });

  it("is nothing where the past is too short to say", () => {
    expect(promiseWords(failRate, 0.05, 8, null)).toBe(
      "Nobody can say how often 5 % would be seen: that takes 6 weeks of the past in which something happened.",
    );
  });
});

describe("what came of an experiment", () => {
  const measured = (hours: number): Measure => measure(leadTime, [{ at: 0, value: hours }], null);
  const said = { before: measured(30), after: measured(12), target: 20, seen: 0.655 };

  it("that worked does not say that it was the cause", () => {
    expect(outcomeWords(leadTime, "worked", said)).toBe(
      "Worked: 30 h before, 12 h after, outside normal variation; it was meant to become 20 h. That it came after is sure, that it came from it is not.",
    );
  });

  it("that made it worse says so", () => {
    expect(outcomeWords(leadTime, "worse", said)).toBe(
      "Worse: 30 h before, 12 h after, outside normal variation; it was meant to become 20 h.",
    );
  });

  it("that made no difference says how often one would have been seen, where anybody knows", () => {
    const none = "No difference: 30 h before, 12 h after, within normal variation; it was meant to become 20 h.";

    expect(outcomeWords(leadTime, "no-difference", said)).toBe(
      `${none} The step that was hoped for would have been seen in 66 of 100.`,
    );
    expect(outcomeWords(leadTime, "no-difference", { ...said, seen: null })).toBe(none);
  });

  it("of which too little is known is too early to tell", () => {
    expect(outcomeWords(leadTime, "too-early", said)).toBe(
      "Too early: 30 h before, 12 h after, too few to tell a change from noise; it was meant to become 20 h.",
    );
  });
});
