import { describe, expect, it } from "vitest";
import { timeToFirstReview, timeToMerge } from "#metrics/context/opened.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import { openedChanges } from "#metrics/flow/work.ts";
import { usualTime } from "#metrics/flow/ageing.ts";
import { DEFAULT_LENS, elapsed, looksAt, viewOf } from "#metrics/lens.ts";
import { measure } from "#metrics/measure.ts";
import type { ChangeMetric } from "#metrics/metric.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { workingTime } from "#metrics/working-time.ts";
import { aChangeFact } from "#test/support/builders.ts";

const NOW = 100 * DAY;
const untouched = { firstReviewAt: null, mergedAt: null, closedAt: null, isIntegrated: false };

/** Opened ready so many days ago, and since then neither reviewed nor merged. */
const opened = (daysAgo: number, has: Partial<ChangeFact> = {}) =>
  aChangeFact({ ...untouched, openedAt: NOW - daysAgo * DAY, readyAt: NOW - daysAgo * DAY, ...has });

/** Opened 40 days ago. */
const merged = (afterDays: number) => opened(40, { mergedAt: NOW - (40 - afterDays) * DAY, isIntegrated: true });
const reviewed = (afterDays: number) => opened(40, { firstReviewAt: NOW - (40 - afterDays) * DAY });
const closed = (afterDays: number) => opened(40, { closedAt: NOW - (40 - afterDays) * DAY });

const observe = ({ observe: of }: ChangeMetric, fact: ChangeFact) => of(fact, elapsed(NOW));
const measured = (metric: ChangeMetric, facts: readonly ChangeFact[]) =>
  measure(
    metric,
    facts.flatMap((fact) => observe(metric, fact) ?? []),
    { from: 0, to: NOW },
  );

describe.each([
  [timeToMerge, merged],
  [timeToFirstReview, reviewed],
] as const)("$id", (metric, ended) => {
  const known = [1, 1, 2, 3, 5, 8].map(ended);

  it("counts what is open as taking at least so long: 1, 1, 2, 3, 5, 8 d and open for 4, 9, 15, 20 d has median 5 d", () => {
    const whole = measured(metric, [...known, ...[4, 9, 15, 20].map((days) => opened(days))]);

    expect(whole).toMatchObject({ value: 5 * 24, n: 6, open: 4, coverage: 1, p75: null, p85: null });
    expect(measured(metric, known)).toMatchObject({ value: 2.5 * 24, n: 6, open: 0 });
  });

  it("counts what was closed without as taking at least until then", () => {
    expect(measured(metric, [...known, ...[4, 9, 15, 20].map(closed)])).toMatchObject({ value: 5 * 24, open: 4 });
  });

  it("is longer than all that was seen where more than half have not come to it", () => {
    const whole = measured(metric, [ended(1), opened(15), opened(21)]);

    expect(whole).toMatchObject({ value: null, beyond: 21 * 24 });
    expect(whole.reason).toBe(
      "2 of 3 changes have no known end, so nobody knows the median yet: it is longer than 21 d.",
    );
  });

  it("counts a change when it was opened, and none that a plain history names", () => {
    expect(observe(metric, ended(3))).toEqual({ at: NOW - 40 * DAY, value: 72 });
    expect(observe(metric, aChangeFact({ openedAt: null, readyAt: null }))).toBeNull();
  });

  it("is unknown where it would run backwards, and has no length before the facts reach it", () => {
    expect(observe(metric, ended(-1))).toEqual({ at: NOW - 40 * DAY, value: null });
    expect(observe(metric, opened(-1))).toEqual({ at: NOW + DAY, value: null });
  });

  it("leaves out bots unless they are asked for", () => {
    expect(looksAt(metric, "bot", DEFAULT_LENS)).toBe(false);
    expect(looksAt(metric, "bot", { ...DEFAULT_LENS, bots: "in" })).toBe(true);
  });
});

describe("time to first review", () => {
  it("starts where a draft was ready", () => {
    const draft = opened(40, { readyAt: NOW - 10 * DAY, firstReviewAt: NOW - 9 * DAY });

    expect(observe(timeToFirstReview, draft)).toEqual({ at: NOW - 40 * DAY, value: 24 });
    expect(observe(timeToMerge, draft)).toEqual({ at: NOW - 40 * DAY, value: null, openFor: 40 * 24 });
  });

  it("asks nobody for a draft that is not ready, and takes one that was merged all the same for ready when it was opened", () => {
    expect(observe(timeToFirstReview, opened(40, { readyAt: null }))).toBeNull();
    expect(observe(timeToFirstReview, opened(40, { readyAt: null, closedAt: NOW }))).toBeNull();
    expect(observe(timeToFirstReview, opened(40, { readyAt: null, mergedAt: NOW - 38 * DAY }))).toEqual({
      at: NOW - 40 * DAY,
      value: null,
      openFor: 48,
    });
  });

  it("stops waiting at a merge without review, since nobody reviews it any more", () => {
    expect(observe(timeToFirstReview, merged(2))).toEqual({ at: NOW - 40 * DAY, value: null, openFor: 48 });
  });

  it("is told in the hours of those who own the service where these are asked for", () => {
    const office = [{ from: 9 * 60, to: 17 * 60 }];
    const time = workingTime({ zone: "UTC", week: [office, office, office, office, office, [], []], holidays: [] });
    const friday = Date.parse("2026-11-20T16:00Z");
    const fact = aChangeFact({ ...untouched, openedAt: friday, readyAt: friday });
    const view = viewOf(friday + 66 * HOUR, time, { ...DEFAULT_LENS, time: "working" });

    expect(timeToFirstReview.observe(fact, view)).toEqual({ at: friday, value: null, openFor: 2 });
  });
});

describe("time to merge", () => {
  it("says of the same changes what the page of work in progress says is usual", () => {
    const facts = [...[1, 1, 2, 3, 5, 8, 9, 9].map(merged), opened(4), closed(3), closed(30)];

    expect(measured(timeToMerge, facts).p85).toBe(usualTime(openedChanges(facts, "default"), NOW).p85);
  });
});
