import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation } from "#metrics/metric.ts";
import { measure } from "#metrics/measure.ts";
import { metrics } from "#metrics/index.ts";
import { WEEK } from "#metrics/time.ts";
import type { Window } from "#metrics/time.ts";
import { eachAt, theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const recovery = theMetric("recovery-time");
const failRate = theMetric("change-fail-rate");
const patched = theMetric("patch-soon-share");
const fourWeeks: Window = { from: 0, to: 4 * WEEK };

const values = (...known: readonly (number | null)[]): Observation[] => known.map((value, at) => ({ at, value }));
const upTo = (n: number): Observation[] => values(...Array.from({ length: n }, (_, index) => index + 1));
const failures = (k: number, n: number): Observation[] =>
  values(...Array.from({ length: n }, (_, index) => Number(index < k)));

/** Unknown ones aside. */
function inOrder(...numbers: readonly (number | null)[]): boolean {
  const known = numbers.filter((number) => number !== null);
  return known.every((number, index) => index === 0 || number >= (known[index - 1] ?? number));
}

const nothing = {
  caution: null,
  n: 0,
  open: 0,
  beyond: null,
  k: null,
  low: null,
  high: null,
  p75: null,
  p85: null,
  p95: null,
  perWeek: null,
};

describe("a count", () => {
  it("is how many, with an exact interval and how many a week", () => {
    const measured = measure(frequency, eachAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), fourWeeks);

    expect(measured).toEqual({
      ...nothing,
      value: 10,
      n: 10,
      low: expect.closeTo(4.7954, 4),
      high: expect.closeTo(18.39, 3),
      perWeek: 2.5,
      coverage: 1,
      reason: null,
    });
  });

  it("of nothing is 0 where something could have been seen", () => {
    const measured = measure(frequency, [], fourWeeks);

    expect(measured).toMatchObject({ value: 0, n: 0, low: 0, perWeek: 0, coverage: null, reason: null });
    expect(measured.high).toBeCloseTo(3.689, 3);
  });

  it("is unknown, not 0, where nothing could have been seen, and says why", () => {
    expect(measure(frequency, [], null)).toEqual({
      ...nothing,
      value: null,
      coverage: null,
      reason: "The data does not reach into this window: the first deployment came later, or none is known.",
    });
  });

  it("a week is over the observed part of the window only", () => {
    expect(measure(frequency, eachAt(WEEK), { from: WEEK, to: 2 * WEEK }).perWeek).toBe(1);
    expect(measure(frequency, eachAt(WEEK), { from: WEEK, to: 3 * WEEK }).perWeek).toBe(0.5);
  });

  it("a week is not guessed from less than a week", () => {
    expect(measure(frequency, eachAt(WEEK), { from: WEEK, to: 2 * WEEK - 1 })).toMatchObject({
      value: 1,
      perWeek: null,
    });
  });
});

describe("a median", () => {
  it("of nothing is unknown, not 0", () => {
    expect(measure(leadTime, [], fourWeeks)).toEqual({
      ...nothing,
      value: null,
      coverage: null,
      reason: "No commit in this window.",
    });
  });

  it.each([
    [
      [values(null)],
      "1 commit in this window, but no known value. A date of it is missing or runs backwards: Data quality counts them. Clocks of machines that commit or deploy should be set by NTP.",
    ],
    [
      [values(null, null)],
      "2 commits in this window, but no known value. A date of them is missing or runs backwards: Data quality counts them. Clocks of machines that commit or deploy should be set by NTP.",
    ],
  ])("of unknown values says how many there are", ([observations = []], reason) => {
    expect(measure(leadTime, observations, fourWeeks)).toEqual({ ...nothing, value: null, coverage: 0, reason });
  });

  it("of one value is that value, which may be 0", () => {
    expect(measure(leadTime, values(0), fourWeeks)).toEqual({
      ...nothing,
      value: 0,
      n: 1,
      p75: 0,
      p85: 0,
      coverage: 1,
      reason: null,
    });
  });

  it("has an interval from six values on", () => {
    expect(measure(leadTime, upTo(5), null)).toMatchObject({ value: 3, n: 5, low: null, high: null });
    expect(measure(leadTime, upTo(6), null)).toMatchObject({ value: 3.5, n: 6, low: 1, high: 6 });
  });

  it("has a 95th percentile from twenty values on", () => {
    expect(measure(leadTime, upTo(19), null)).toMatchObject({ n: 19, p95: null });
    expect(measure(leadTime, upTo(20), null)).toMatchObject({ n: 20, p95: expect.closeTo(19.05, 9) });
  });

  it("has the percentiles of R's type 7, whatever the order", () => {
    const measured = measure(leadTime, values(55, 1, 34, 2, 21, 2, 13, 3, 8, 5), null);

    expect(measured).toMatchObject({ value: 6.5, p75: 19, p85: expect.closeTo(29.45, 9), k: null, perWeek: null });
  });

  it("leaves out unknown values, and says how many are known", () => {
    expect(measure(leadTime, values(2, null, 4, null), fourWeeks)).toMatchObject({ value: 3, n: 2, coverage: 0.5 });
  });
});

describe("a median of which some are not over", () => {
  const ended = values(...[1, 1, 2, 3, 5, 8].map((days) => days * 24));
  const ongoing = (...days: readonly number[]): Observation[] =>
    days.map((day, at) => ({ at, value: null, openFor: day * 24 }));

  it("has a 95th percentile from twenty observations on, those that are not over included", () => {
    const over = (n: number) => values(...Array.from({ length: n }, (_, index) => (index + 1) * 24));

    expect(measure(recovery, [...over(18), ...ongoing(1)], null)).toMatchObject({ n: 18, open: 1, p95: null });
    expect(measure(recovery, [...over(19), ...ongoing(1)], null)).toMatchObject({ n: 19, open: 1, p95: 19 * 24 });
  });

  it("counts these as lasting at least so long: 5 days, where only what is over would say 2.5", () => {
    expect(measure(recovery, [...ended, ...ongoing(4, 9, 15, 20)], null)).toMatchObject({
      value: 5 * 24,
      n: 6,
      open: 4,
      coverage: 1,
      reason: null,
      beyond: null,
    });
    expect(measure(recovery, ended, null)).toMatchObject({ value: 2.5 * 24, open: 0 });
  });

  it("that is not reached is longer than anything seen, and says so", () => {
    expect(measure(recovery, [...values(24), ...ongoing(3, 21)], null)).toMatchObject({
      value: null,
      n: 1,
      open: 2,
      beyond: 21 * 24,
      reason: "2 of 3 failed deployments have no known end, so nobody knows the median yet: it is longer than 21 d.",
    });
  });

  it("is known as far as it is open, and not where a clock was wrong", () => {
    expect(measure(recovery, [...values(24, null), ...ongoing(3)], null).coverage).toBeCloseTo(2 / 3, 9);
  });
});

describe("a rate", () => {
  it("is k of n with Wilson's interval", () => {
    expect(measure(failRate, failures(81, 263), fourWeeks)).toEqual({
      ...nothing,
      value: 81 / 263,
      n: 263,
      k: 81,
      low: expect.closeTo(0.2553, 4),
      high: expect.closeTo(0.3662, 4),
      coverage: 1,
      reason: null,
    });
  });

  it("of none among some is 0, of none among none is unknown", () => {
    expect(measure(failRate, failures(0, 4), fourWeeks)).toMatchObject({ value: 0, n: 4, k: 0, low: 0 });
    expect(measure(failRate, [], fourWeeks)).toEqual({
      ...nothing,
      value: null,
      coverage: null,
      reason: "No deployment in this window.",
    });
  });

  it("leaves out what is too early to know", () => {
    expect(measure(patched, values(1, null, 0, null), fourWeeks)).toMatchObject({
      value: 0.5,
      n: 2,
      k: 1,
      coverage: 0.5,
    });
    expect(measure(patched, values(null, null), fourWeeks)).toMatchObject({
      value: null,
      n: 0,
      k: null,
      coverage: 0,
      reason:
        "2 releases x.y.0 in this window, but no known value. It is too early to judge them: choose an earlier end of the window.",
    });
  });
});

describe("every measure", () => {
  const observations = fc.array(
    fc.oneof(
      fc.record({ at: fc.integer({ min: 0, max: 20 }), value: fc.option(fc.constantFrom(0, 1), { freq: 4 }) }),
      fc.record({
        at: fc.integer({ min: 0, max: 20 }),
        value: fc.constant(null),
        openFor: fc.constantFrom(0, 1, 2),
      }),
    ),
    { maxLength: 30 },
  );

  it("has its value within its interval, its shares within 0 and 1, and a reason exactly when it has no value", () => {
    fc.assert(
      fc.property(fc.constantFrom(...metrics), observations, (metric, some) => {
        const measured = measure(metric, some, fourWeeks);
        expect(measured.reason === null).toBe(measured.value !== null);
        expect(inOrder(measured.low, measured.value, measured.high)).toBe(true);
        expect(inOrder(0, measured.coverage, 1)).toBe(true);
        expect(inOrder(0, measured.k, measured.n)).toBe(true);
        expect(measured.n).toBe(some.filter((one) => one.value !== null).length);
      }),
    );
  });

  it("does not depend on the order of what was observed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...metrics), observations, (metric, some) => {
        expect(measure(metric, some.toReversed(), fourWeeks)).toEqual(measure(metric, some, fourWeeks));
      }),
    );
  });
});
