import { describe, expect, it } from "vitest";
import type { Analysis } from "#metrics/analysis.ts";
import type { Change, Verdict } from "#metrics/compare.ts";
import type { Measure } from "#metrics/measure.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric } from "#metrics/metric.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import type { Window } from "#metrics/time.ts";
import { amount, comparisonWords, counted, duration, headline, lengthIn, outOf, spanWords } from "#metrics/words.ts";
import type { Told } from "#metrics/words.ts";
import { theMetric } from "#test/support/builders.ts";

const halfYear: Window = { from: 0, to: 26 * WEEK };
const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");
const integrations = theMetric("integration-frequency");
const batch = theMetric("batch-size-commits");

const of = (metric: Metric, values: readonly (number | null)[], observed: Window | null = halfYear): Measure =>
  measure(
    metric,
    values.map((value, at) => ({ at, value })),
    observed,
  );
const many = (metric: Metric, n: number, observed: Window | null = halfYear): Measure =>
  of(
    metric,
    Array.from({ length: n }, () => 1),
    observed,
  );
const failing = (k: number, n: number): Measure =>
  of(
    failRate,
    Array.from({ length: n }, (_, index) => Number(index < k)),
  );
const hours = (value: number): Measure => of(leadTime, [value]);
const called = (verdict: Verdict): Change => ({ change: 1, low: 1, high: 1, verdict, p: 1, among: null, open: null });

const bare = { points: [], limits: null, formerLimits: [], trend: null, between: null };

/** A metric whose data begins with the window. */
function alone(metric: Metric, whole: Measure): Told {
  return { metric, analysis: { ...bare, whole, previous: null } };
}

function against(metric: Metric, whole: Measure, before: Measure, verdict: Verdict | null): Told {
  const change = verdict === null ? null : called(verdict);
  const previous: Analysis["previous"] = { window: { from: -26 * WEEK, to: 0 }, measure: before, change };
  return { metric, analysis: { ...bare, whole, previous } };
}

describe("the headline", () => {
  it("speaks of one lead time: per change where there are any, else per commit", () => {
    const perChange = theMetric("lead-time-change");
    const both = (changes: Measure) => [
      alone(frequency, many(frequency, 52)),
      alone(perChange, changes),
      alone(leadTime, hours(48)),
    ];

    expect(headline(both(of(perChange, [72])), "26 weeks")).toMatch(/, median lead time 3 d\.$/);
    expect(headline(both(of(perChange, [])), "26 weeks")).toMatch(/, median lead time 2 d\.$/);
    expect(
      headline(
        [
          against(perChange, of(perChange, [72]), of(perChange, [24]), "worse"),
          against(leadTime, hours(48), hours(120), "better"),
        ],
        "26 weeks",
      ),
    ).toMatch(/^Median change lead time rose from 24 h to 3 d \(worse\) against/);
  });

  it("says what became better", () => {
    const told = [
      against(frequency, many(frequency, 52), many(frequency, 50), "within-variation"),
      against(leadTime, hours(48), hours(120), "better"),
    ];

    expect(headline(told, "26 weeks")).toBe(
      "Median change lead time fell from 5 d to 2 d (better) against the 26 weeks before; outside normal variation.",
    );
  });

  it("says what became better and what became worse", () => {
    const told = [
      against(frequency, many(frequency, 104), many(frequency, 52), "better"),
      against(failRate, failing(12, 100), failing(1, 50), "worse"),
    ];

    expect(headline(told, "90 days")).toBe(
      "Deployment frequency rose from 2 a week to 4 a week (better) and change fail rate rose from 2 % to 12 % (worse) against the 90 days before; outside normal variation.",
    );
  });

  it("names two changes at most, in the order of the metrics", () => {
    const told = [
      against(frequency, many(frequency, 26), many(frequency, 52), "worse"),
      against(leadTime, hours(2), hours(1.5), "worse"),
      against(failRate, failing(1, 2), failing(0, 2), "worse"),
    ];

    expect(headline(told, "1 day")).toBe(
      "Deployment frequency fell from 2 a week to 1 a week (worse) and median change lead time rose from 1.5 h to 2 h (worse) against the day before; outside normal variation.",
    );
  });

  it("does not say twice what delivery said, and speaks of context only when delivery is quiet", () => {
    const context = against(integrations, many(integrations, 260), many(integrations, 130), "better");
    const quiet = against(frequency, many(frequency, 52), many(frequency, 50), "within-variation");
    const loud = against(frequency, many(frequency, 104), many(frequency, 52), "better");

    expect(headline([loud, context], "26 weeks")).toBe(
      "Deployment frequency rose from 2 a week to 4 a week (better) against the 26 weeks before; outside normal variation.",
    );
    expect(headline([quiet, context], "26 weeks")).toBe(
      "52 deployments in 26 weeks (2 a week), within normal variation. Outside of it against the 26 weeks before: integration frequency rose from 5 a week to 10 a week (better).",
    );
    expect(headline([context], "26 weeks")).toBe(
      "Integration frequency rose from 5 a week to 10 a week (better) against the 26 weeks before; outside normal variation.",
    );
  });

  it("never opens with another clock of a lead time that stayed as it was", () => {
    const perChange = theMetric("lead-time-change");
    const merge = theMetric("lead-time-merge");
    const told = [
      against(perChange, of(perChange, [72]), of(perChange, [70]), "within-variation"),
      against(leadTime, hours(48), hours(120), "better"),
      against(merge, of(merge, [2]), of(merge, [3]), "better"),
    ];

    expect(headline(told, "26 weeks")).toBe(
      "Median lead time 3 d; against the 26 weeks before, delivery stayed within its normal variation.",
    );
  });

  it("tells context apart by its clock, and says nothing that cannot be seen in what it writes", () => {
    const [merge, proposal] = [theMetric("lead-time-merge"), theMetric("lead-time-proposal")];
    const told = [
      against(leadTime, hours(2.01 / 60), hours(2.04 / 60), "better"),
      against(proposal, of(proposal, [1]), of(proposal, [5]), "better"),
      against(merge, of(merge, [2]), of(merge, [3]), "better"),
    ];

    expect(headline(told, "26 weeks")).toBe(
      "Median change lead time (proposal clock) fell from 5 h to 1 h (better) and median change lead time (merge clock) fell from 3 h to 2 h (better) against the 26 weeks before; outside normal variation.",
    );
  });

  it("does not judge what is neither better nor worse", () => {
    expect(
      headline([against({ ...batch, better: "neither" }, of(batch, [6]), of(batch, [1]), "different")], "12 weeks"),
    ).toBe(
      "Median batch size in commits rose from 1 commit to 6 commits against the 12 weeks before; outside normal variation.",
    );
  });

  it("says how things stand when nothing changed", () => {
    const told = [
      against(frequency, many(frequency, 52), many(frequency, 50), "within-variation"),
      against(leadTime, hours(132), hours(120), "within-variation"),
    ];

    expect(headline(told, "26 weeks")).toBe(
      "52 deployments in 26 weeks (2 a week), median lead time 5.5 d; against the 26 weeks before, nothing left its normal variation.",
    );
  });

  it("compares with nothing where nothing is to be compared", () => {
    const told = [
      against(frequency, many(frequency, 52), many(frequency, 20), "better"),
      against(leadTime, hours(132), hours(120), "worse"),
    ];

    expect(headline(told, "26 weeks", null)).toBe("52 deployments in 26 weeks (2 a week), median lead time 5.5 d.");
  });

  it("does not claim a comparison where there was too little to compare", () => {
    const told = [
      against(frequency, many(frequency, 2), many(frequency, 1), null),
      against(leadTime, hours(3), hours(2), "too-few"),
    ];

    expect(headline(told, "26 weeks")).toBe("2 deployments in 26 weeks (0.0769 a week), median lead time 3 h.");
  });

  it("says since when, where the data begins within the window, and no rate from less than a week", () => {
    const threeWeeks = many(frequency, 6, { from: 0, to: 3 * WEEK });
    const threeDays = many(frequency, 1, { from: 0, to: 3 * DAY });

    expect(headline([alone(frequency, threeWeeks)], "26 weeks")).toBe(
      "6 deployments in 26 weeks (2 a week since the first).",
    );
    expect(headline([alone(frequency, threeDays)], "1 day")).toBe("1 deployment in 1 day.");
  });

  it("says that there were no deployments, and what was integrated instead", () => {
    const told = [
      against(frequency, many(frequency, 0), many(frequency, 3), null),
      alone(leadTime, of(leadTime, [])),
      against(integrations, many(integrations, 52), many(integrations, 50), "within-variation"),
    ];

    expect(headline(told, "26 weeks")).toBe(
      "No deployments, but 52 integrations in 26 weeks (2 a week); against the 26 weeks before, nothing left its normal variation.",
    );
  });

  it("tells no deployments from none known", () => {
    const unknown = alone(frequency, of(frequency, [], null));

    expect(headline([unknown, alone(integrations, many(integrations, 1, { from: 0, to: DAY }))], "2 days")).toBe(
      "No deployments known, but 1 integration in 2 days.",
    );
    expect(headline([unknown], "26 weeks")).toBe("No deployments known in 26 weeks.");
    expect(headline([alone(frequency, many(frequency, 0))], "26 weeks")).toBe("No deployments in 26 weeks.");
  });

  it("says that nothing happened", () => {
    const told = [alone(frequency, many(frequency, 0)), alone(integrations, many(integrations, 0))];

    expect(headline(told, "2 weeks")).toBe("Nothing was integrated or deployed in 2 weeks.");
    expect(headline(told.slice(1), "2 weeks")).toBe("Nothing was integrated in 2 weeks.");
  });

  it("speaks only of what was asked", () => {
    expect(headline([alone(leadTime, hours(3))], "26 weeks")).toBe("Median lead time 3 h.");
    expect(headline([alone(integrations, many(integrations, 26))], "26 weeks")).toBe(
      "26 integrations in 26 weeks (1 a week since the first).",
    );
    expect(headline([alone(failRate, failing(1, 20))], "26 weeks")).toBe("Change fail rate 5 % (20 deployments).");
    expect(headline([alone(batch, of(batch, [4, 6, 9]))], "26 weeks")).toBe(
      "Median batch size in commits 6 commits (3 deployments).",
    );
    expect(headline([alone(failRate, of(failRate, []))], "26 weeks")).toBe("No deployment in this window.");
    expect(headline([], "26 weeks")).toBe("Nothing was asked.");
  });
});

describe("a comparison in words", () => {
  it.each<[string, Metric, Measure, Measure, Change | null]>([
    ["Fell from 5 d to 2 d: outside normal variation.", leadTime, hours(48), hours(120), called("better")],
    ["Rose from 2 % to 12 %: outside normal variation.", failRate, failing(12, 100), failing(1, 50), called("worse")],
    [
      "Rose from 2 a week to 4 a week: outside normal variation.",
      frequency,
      many(frequency, 52, { from: 0, to: 13 * WEEK }),
      many(frequency, 52),
      called("better"),
    ],
    [
      "Fell by less than is written here (2 min before and now), outside normal variation.",
      leadTime,
      hours(2.01 / 60),
      hours(2.04 / 60),
      called("better"),
    ],
    ["5 d before, 2 d now: within normal variation.", leadTime, hours(48), hours(120), called("within-variation")],
    [
      "5 d before, 2 d now: no change is called, since 1,469 that have no known end may undo it.",
      leadTime,
      hours(48),
      hours(120),
      { ...called("within-variation"), open: 1469 },
    ],
    ["2 d, as in the window before.", leadTime, hours(48), hours(48), { ...called("within-variation"), open: 1 }],
    ["2 d, as in the window before.", leadTime, hours(48), hours(48), called("within-variation")],
    ["5 d before, 2 d now: too few to tell a change from noise.", leadTime, hours(48), hours(120), null],
    ["5 d before, nothing to measure now.", leadTime, of(leadTime, []), hours(120), null],
    ["2 d now, nothing to measure before.", leadTime, hours(48), of(leadTime, []), null],
    ["Nothing to measure.", leadTime, of(leadTime, []), of(leadTime, []), null],
  ])("is %j", (words, metric, now, before, change) => {
    expect(comparisonWords(metric, now, before, change)).toBe(words);
  });
});

describe("how long or how many something is", () => {
  it.each(["deployments", "commits", "changes", "lines", "rounds", "alerts"] as const)(
    "in %s is a whole number",
    (unit) => {
      expect(lengthIn({ unit }, 1234)).toBe("1,234");
    },
  );
});

describe("an amount", () => {
  it.each<[string, Metric, Measure]>([
    ["—", leadTime, of(leadTime, [])],
    ["0 a week", frequency, many(frequency, 0)],
    ["—", frequency, of(frequency, [], null)],
    ["0 %", failRate, failing(0, 5)],
    ["33.3 %", failRate, failing(1, 3)],
    ["2 d", leadTime, hours(48)],
    ["0 commits", batch, of(batch, [0])],
    ["1 commit", batch, of(batch, [1])],
    ["1.5 commits", batch, of(batch, [1, 2])],
    ["12 commits", batch, of(batch, [12])],
  ])("reads %j", (words, metric, measured) => {
    expect(amount(metric, measured)).toBe(words);
  });

  it("of a count without a rate is the count", () => {
    expect(amount(frequency, { value: 3, perWeek: null, beyond: null })).toBe("3");
  });
});

describe("a duration", () => {
  it.each([
    [0, "0 min"],
    [0.4 / 3600, "0.4 s"],
    [41.2 / 3600, "41 s"],
    [59.6 / 3600, "1 min"],
    [8.33 / 60, "8.3 min"],
    [5 / 60, "5 min"],
    [9.96 / 60, "10 min"],
    [0.4, "24 min"],
    [59.4 / 60, "59 min"],
    [59.6 / 60, "1 h"],
    [1, "1 h"],
    [17.94, "17.9 h"],
    [47.9, "47.9 h"],
    [48, "2 d"],
    [132, "5.5 d"],
    [24 * 365, "365 d"],
  ])("of %f h reads %j", (length, words) => {
    expect(duration(length)).toBe(words);
  });
});

describe("a number of things", () => {
  it.each([
    [0, "deployment", "0 deployments"],
    [1, "deployment", "1 deployment"],
    [2, "deployment", "2 deployments"],
    [1, "release x.y.0", "1 release x.y.0"],
    [2, "release x.y.0", "2 releases x.y.0"],
    [2, "failed deployment", "2 failed deployments"],
    [3, "more metric", "3 more metrics"],
    [2, "merged change", "2 merged changes"],
    [3, "use case", "3 use cases"],
    [2, "archived service", "2 archived services"],
    [1234, "commit", "1,234 commits"],
  ])("%i %s is %j", (n, noun, words) => {
    expect(counted(n, noun)).toBe(words);
  });
});

describe("a window's length", () => {
  it.each([
    [1, "1 day"],
    [7, "7 days"],
    [13, "13 days"],
    [14, "2 weeks"],
    [30, "30 days"],
    [84, "12 weeks"],
    [55, "55 days"],
    [57, "8 weeks and 1 day"],
    [90, "12 weeks and 6 days"],
    [119, "17 weeks"],
    [120, "17 weeks"],
    [182, "26 weeks"],
    [188, "26 weeks"],
    [189, "27 weeks"],
    [399, "57 weeks"],
    [400, "13 months"],
    [730, "24 months"],
  ])("of %i days reads %j", (days, words) => {
    expect(spanWords({ from: 0, to: days * DAY })).toBe(words);
  });

  it("ignores the hour of summer time, and is never nothing", () => {
    expect(spanWords({ from: 0, to: 7 * DAY - HOUR })).toBe("7 days");
    expect(spanWords({ from: 0, to: 14 * DAY + HOUR })).toBe("2 weeks");
    expect(spanWords({ from: 0, to: HOUR })).toBe("1 day");
  });
});

it("tells a part of a whole with both numbers written alike", () => {
  expect(outOf(1575, 3326, "change")).toBe("1,575 of 3,326 changes");
  expect(outOf(1, 1, "change")).toBe("1 of 1 change");
});
