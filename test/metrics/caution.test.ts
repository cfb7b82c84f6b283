import { describe, expect, it } from "vitest";
import { caution } from "#metrics/caution.ts";
import { metrics } from "#metrics/index.ts";
import { measure } from "#metrics/measure.ts";
import { theMetric } from "#test/support/builders.ts";

const request = theMetric("lead-time-request");

describe("a number that rests on too little", () => {
  it("says how much is known, why not more, and what to do", () => {
    expect(caution(request, 0.4, 10)).toBe(
      "Only 4 of 10 changes are known, so this tells of these alone. No issue is linked to the others: name it in the change (“Closes #12”).",
    );
    expect(caution(request, 1 / 3, 3)).toMatch(/^Only 1 of 3 changes is known,/);
  });

  it("is one below 80 %, and says nothing from there on, or where there is nothing", () => {
    expect(caution(request, 0.79, 100)).not.toBeNull();
    expect(caution(request, 0.8, 100)).toBeNull();
    expect(caution(request, null, 0)).toBeNull();
  });

  it.each(metrics.map((metric) => [metric.id, metric] as const))("of %s has a sentence", (_, metric) => {
    expect(caution(metric, 0.5, 10)).toMatch(/^Only 5 of 10 .* \S.*\.$/);
  });

  it.each([
    [
      "repair-share",
      /^Only 1 of 5 changes is known, .* Nothing says what kind of work is in the others: begin titles with/,
    ],
    [
      "first-deployment-time",
      /^Only 1 of 5 services is known, .* The history of the others is cut off, or the record of/,
    ],
    ["lead-time-merge", /^Only 1 of 5 changes is known, .* A date of the others is missing or runs backwards/],
  ])("of %s names its own cause", (id, words) => {
    expect(caution(theMetric(id), 0.2, 5)).toMatch(words);
  });

  it("gives the same cause and what to do where nothing at all is known", () => {
    const unknown = [{ at: 0, value: null }];

    expect(measure(request, unknown, null).reason).toBe(
      "1 change in this window, but no known value. No issue is linked to it: name it in the change (“Closes #12”).",
    );
    expect(measure(theMetric("repair-share"), [...unknown, ...unknown], null).reason).toMatch(
      /^2 changes in this window, but no known value. Nothing says what kind of work is in them: /,
    );
  });

  it("comes with its measure, and gives way to the reason where there is no value", () => {
    const some = [3, null, null].map((value, at) => ({ at, value }));

    expect(measure(request, some, null)).toMatchObject({
      value: 3,
      reason: null,
      caution: expect.stringMatching(/^Only 1/),
    });
    expect(measure(request, some.slice(1), null)).toMatchObject({ value: null, caution: null });
    expect(measure(request, some.slice(0, 1), null).caution).toBeNull();
  });
});
