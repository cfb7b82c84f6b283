import { describe, expect, it } from "vitest";
import type { Baseline, FrozenMetric } from "#metrics/baselines/baseline.ts";
import { freeze } from "#metrics/baselines/baseline.ts";
import type { Drifted } from "#metrics/baselines/words.ts";
import { baselineWords, driftWords, measureWords, overlapWords, weaknesses } from "#metrics/baselines/words.ts";
import type { Change } from "#metrics/compare.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import type { Measure } from "#metrics/measure.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import { theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");

const measured = (metric: Metric, ...values: readonly (number | null)[]): Measure =>
  measure(
    metric,
    values.map((value, at): Observation => ({ at, value })),
    { from: 0, to: WEEK },
  );

const aChanged = (has: Partial<Change>): Change => ({
  change: 1,
  low: 0.5,
  high: 2,
  verdict: "better",
  p: 0.01,
  among: null,
  open: null,
  ...has,
});

describe("a comparison with a baseline", () => {
  it("says what was, what is, and by how much a duration changed, with a sign", () => {
    const [now, then] = [measured(leadTime, 10), measured(leadTime, 22)];

    expect(baselineWords(leadTime, now, then, aChanged({ change: -12, low: -14, high: 1 }))).toBe(
      "Fell from 22 h to 10 h: outside normal variation; the median of all differences is −12 h (95 % interval −14 h to +1 h).",
    );
  });

  it("gives a difference of shares in points", () => {
    const [now, then] = [measured(failRate, 1, 1, 1, 0), measured(failRate, 1, 0)];
    const change = aChanged({ change: 0.25, low: 0, high: null, verdict: "worse" });

    expect(baselineWords(failRate, now, then, change)).toBe(
      "Rose from 50 % to 75 %: outside normal variation; changed by +25 points (95 % interval 0 points to any).",
    );
  });

  it("gives a ratio of counts, whose interval may have no upper end", () => {
    const [now, then] = [measured(frequency, 1, 1, 1), measured(frequency, 1)];

    expect(baselineWords(frequency, now, then, aChanged({ change: 3, low: 1.234, high: 9.87 }))).toBe(
      "Rose from 1 a week to 3 a week: outside normal variation; 3 times as many a week (95 % interval 1.2 to 9.9).",
    );
    expect(baselineWords(frequency, now, then, aChanged({ change: 3, low: 1.234, high: null }))).toContain(
      "(95 % interval 1.2 to any).",
    );
  });

  it("says no size where there is none to say", () => {
    const [now, then] = [measured(leadTime, 10), measured(leadTime, 22)];
    const said = "22 h in the baseline, 10 h now: within normal variation.";
    const noise = aChanged({ verdict: "within-variation" });

    expect(baselineWords(leadTime, now, then, { ...noise, change: null })).toBe(said);
    expect(baselineWords(leadTime, now, then, { ...noise, low: null })).toBe(said);
    expect(baselineWords(leadTime, now, then, null)).toBe(
      "22 h in the baseline, 10 h now: too few to tell a change from noise.",
    );
  });

  it("is one with the baseline, also where it is one of many", () => {
    const [now, then] = [measured(leadTime, 10), measured(leadTime, 22)];

    expect(baselineWords(leadTime, now, then, aChanged({ low: null, among: 5 }))).toBe(
      "22 h in the baseline, 10 h now: outside normal variation by itself, but of 5 numbers compared at once one may be so by chance.",
    );
  });
});

describe("what was measured", () => {
  it("is said with how much it was measured of, and its interval", () => {
    expect(measureWords(leadTime, measured(leadTime, 1, 2, 2, 3, 5, 8, 13, 21, 34, 55))).toBe(
      "6.5 h (n 10, 95 % interval 2–34 h)",
    );
    expect(measureWords(leadTime, measured(leadTime, 3))).toBe("3 h (n 1)");
  });

  it("is said with what is not over", () => {
    const open = measure(
      leadTime,
      [
        { at: 0, value: 3 },
        { at: 1, value: 3 },
        { at: 2, value: null, openFor: 9 },
      ],
      null,
    );

    expect(measureWords(leadTime, open)).toBe("3 h (n 2, 1 not over)");
  });

  it("that is nothing gives the reason", () => {
    const nothing = measured(leadTime);

    expect(measureWords(leadTime, { ...nothing, reason: "Nobody knows." })).toBe("Nobody knows.");
    expect(measureWords(leadTime, { ...nothing, reason: null })).toBe("Nothing to measure.");
  });
});

describe("what weakens a baseline", () => {
  const frozen = (metric: Metric, caution: string | null): FrozenMetric =>
    freeze(metric, { ...measured(metric, 1), caution }, null);
  const baseline: Baseline = {
    format: 1,
    name: "before",
    scope: "organisation",
    service: null,
    services: ["shop"],
    window: { from: 0, to: 12 * WEEK },
    zone: "UTC",
    lens: DEFAULT_LENS,
    dataUntil: 12 * WEEK,
    frozenAt: 12 * WEEK,
    signer: "somebody",
    reason: null,
    metrics: [frozen(leadTime, null)],
    quality: [],
  };

  it("is nothing where it is long enough, whole and known", () => {
    expect(weaknesses(baseline)).toEqual([]);
  });

  it("is that it covers less than twelve weeks", () => {
    expect(weaknesses({ ...baseline, window: { from: WEEK, to: 12 * WEEK } })).toEqual([
      "It covers 11 weeks: savings want at least 12 weeks, better 26, before anything was changed.",
    ]);
  });

  it("is that its data ended before it did", () => {
    expect(weaknesses({ ...baseline, dataUntil: 12 * WEEK - 1 })).toEqual(["The data ended before its window did."]);
  });

  it("is whatever is to be taken with care", () => {
    const metrics = [frozen(leadTime, "Care."), frozen(frequency, null), frozen(failRate, "Care.")];

    expect(weaknesses({ ...baseline, metrics })).toEqual([
      `Too little was known of ${leadTime.title.toLowerCase()}, ${failRate.title.toLowerCase()}: see their coverage.`,
    ]);
  });
});

describe("a window and the baseline", () => {
  it("that share no day have nothing to be said of", () => {
    expect(overlapWords({ from: 0, to: 7 * DAY }, { from: 7 * DAY, to: 9 * DAY })).toBeNull();
    expect(overlapWords({ from: 7 * DAY, to: 9 * DAY }, { from: 0, to: 7 * DAY })).toBeNull();
  });

  it("that share days make a change look smaller", () => {
    const said =
      "3 days belong to this window and to the baseline alike, so a change looks smaller than it is: choose a window that begins after the baseline.";

    expect(overlapWords({ from: 0, to: 7 * DAY }, { from: 4 * DAY, to: 30 * DAY })).toBe(said);
    expect(overlapWords({ from: 4 * DAY, to: 30 * DAY }, { from: 0, to: 7 * DAY })).toBe(said);
    expect(overlapWords({ from: 0, to: 7 * DAY }, { from: 7 * DAY - 1, to: 9 * DAY })).toMatch(/^1 day belong/);
  });
});

describe("facts of a frozen window that are others now", () => {
  const drifted = (metric: Metric, before: Measure, now: Measure): Drifted => ({
    metric,
    frozen: freeze(metric, before, null),
    today: freeze(metric, now, null),
  });
  const one = drifted(leadTime, measured(leadTime, 3), measured(leadTime, 4));

  it("are not spoken of where there are none", () => {
    expect(driftWords([])).toBeNull();
  });

  it("are told as they were frozen and as they read today", () => {
    expect(driftWords([one])).toBe(
      "Facts of its window have changed since it was frozen, by late events, exclusions, ownership or rules. " +
        `${leadTime.title}: 3 h (n 1) as frozen, 4 h (n 1) as it reads today. The baseline stays as it was frozen.`,
    );
  });

  it("may leave the number as it was", () => {
    const same = drifted(failRate, measured(failRate, 1), measured(failRate, 1));

    expect(driftWords([same])).toContain(`rules. ${failRate.title} (some values of it). The`);
  });

  it("are named up to three of them", () => {
    expect(driftWords([one, one, one])).not.toContain("more metric");
    expect(driftWords([one, one, one, one])).toContain("; and 1 more metric. The baseline");
    expect(driftWords([one, one, one, one, one])).toContain("; and 2 more metrics. The baseline");
  });
});
