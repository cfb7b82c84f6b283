import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "#metrics/compare.ts";
import { inFamily } from "#metrics/family.ts";
import { metrics } from "#metrics/index.ts";
import { measure } from "#metrics/measure.ts";
import { WEEK } from "#metrics/time.ts";
import type { Told } from "#metrics/words.ts";
import { comparisonWords } from "#metrics/words.ts";
import { seeded, theMetric } from "#test/support/builders.ts";

const window = { from: 0, to: 26 * WEEK };
const delivery = metrics.filter(({ factor }) => factor !== "context");
const context = metrics.filter(({ factor }) => factor === "context");

function compared(metric: Told["metric"], p: number, verdict: Verdict = "better"): Told {
  const whole = measure(metric, [], window);
  const change = { change: 1, low: 0.5, high: 2, verdict, p, among: null, open: null };
  return {
    metric,
    analysis: {
      whole,
      previous: { window, measure: whole, change },
      points: [],
      limits: null,
      formerLimits: [],
      trend: null,
      between: null,
    },
  };
}

const verdicts = (told: readonly Told[]) => told.map(({ analysis }) => analysis.previous?.change?.verdict);

describe("numbers that are compared at once", () => {
  it("are called where they stand out among all of them: .01, .02 and .04 of four pass 5 % as .04, .06 and .08 do", () => {
    const four = [
      compared(theMetric("deployment-frequency"), 0.01),
      compared(theMetric("lead-time-change"), 0.02),
      compared(theMetric("recovery-time"), 0.04),
      compared(theMetric("change-fail-rate"), 1, "within-variation"),
    ];

    const held = inFamily(four);

    expect(verdicts(held)).toEqual(["better", "within-variation", "within-variation", "within-variation"]);
    expect(held.map(({ analysis }) => analysis.previous?.change?.among)).toEqual([null, 4, 4, null]);
  });

  it("are what they are by themselves where there is one", () => {
    const one = [compared(theMetric("cycle-time"), 0.049)];

    expect(inFamily(one)).toEqual(one);
  });

  it("are two families: delivery does not pay for context", () => {
    const told = [
      compared(theMetric("deployment-frequency"), 0.03),
      ...context.slice(0, 10).map((metric) => compared(metric, 1, "within-variation")),
    ];

    expect(verdicts(inFamily(told))[0]).toBe("better");
  });

  it("say in words that one of them may stand out by chance", () => {
    const metric = theMetric("change-fail-rate");
    const share = (...values: readonly number[]) =>
      measure(
        metric,
        values.map((value) => ({ at: 0, value })),
        window,
      );
    const change = {
      change: 0.5,
      low: 0.1,
      high: 0.9,
      verdict: "within-variation",
      p: 0.03,
      among: 9,
      open: null,
    } as const;

    expect(comparisonWords(metric, share(0, 1, 1, 1), share(0, 0, 0, 1), change)).toBe(
      "25 % before, 75 % now: outside normal variation by itself, but of 9 numbers compared at once one may be so by chance.",
    );
  });

  it("only get more careful, and keep their order", () => {
    const ps = fc.array(fc.tuple(everyMetric, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 });
    fc.assert(
      fc.property(ps, (drawn) => {
        const told = drawn.map(([metric, p]) => compared(metric, p));
        const held = inFamily(told);

        expect(held.map(({ metric }) => metric)).toEqual(told.map(({ metric }) => metric));
        expect(["better", "within-variation"]).toEqual(expect.arrayContaining([...new Set(verdicts(held))]));
        expect(verdicts(inFamily(held))).toEqual(verdicts(held));
      }),
    );
  });

  it("are called on hardly more than 5 % of pages where none of them changed, however many there are", () => {
    const draw = seeded(11);
    const pages = Array.from({ length: 1000 }, () => delivery.map((metric) => byChance(metric, draw())));

    const called = pages.filter((page) => verdicts(inFamily(page)).includes("better")).length;
    const calledAlone = pages.filter((page) => verdicts(page).includes("better")).length;

    expect(called).toBeLessThan(70);
    expect(calledAlone).toBeGreaterThan(200);
  });
});

const everyMetric = fc.constantFrom(...metrics);

/** Called where its p is below 5 %, as one comparison by itself would be. */
function byChance(metric: Told["metric"], p: number): Told {
  return p < 0.05 ? compared(metric, p) : compared(metric, 1, "within-variation");
}
