import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finish, inProgress, stability, throughput } from "#metrics/flow/progress.ts";
import { openedChanges } from "#metrics/flow/work.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { aChangeFact, utc } from "#test/support/builders.ts";

const monday = utc("2026-01-05");
const NEVER = Infinity;
const window = { from: monday, to: monday + 4 * WEEK };
const weeks = (...merged: readonly number[]) =>
  merged.map((count, index) => ({ from: index * WEEK, to: (index + 1) * WEEK, merged: count }));
const changes = (...spans: readonly (readonly [number, number])[]) =>
  openedChanges(
    spans.map(([from, to]) =>
      aChangeFact({ openedAt: monday + from * DAY, mergedAt: monday + to * DAY, closedAt: null }),
    ),
    "default",
  );

describe("work in progress over time", () => {
  it("is what is open at the end of each period, and nobody knows before the first was opened", () => {
    const parts = [-1, 0, 1, 2].map((week) => ({ from: monday + week * WEEK, to: monday + (week + 1) * WEEK }));

    expect(inProgress(changes([1, 3], [2, 15], [8, NEVER]), parts, Infinity)).toEqual([null, 1, 2, 1]);
  });

  it("is told of a running period as it stands where the facts end", () => {
    expect(inProgress(changes([1, 3]), [window], monday + 2 * DAY)).toEqual([1]);
  });

  it("grows by what is opened and shrinks by what ends", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), (spans) => {
        const all = changes([0, NEVER], ...spans.map(([from, took]) => [from, from + took] as const));
        const days = Array.from({ length: 20 }, (_, day) => monday + day * DAY);
        const open = inProgress(
          all,
          days.map((to) => ({ from: to - DAY, to })),
          Infinity,
        );
        const known = days.map(
          (at) =>
            all.filter((one) => one.openedAt <= at).length - all.filter((one) => Number(one.mergedAt) <= at).length,
        );

        expect(open).toEqual(known);
      }),
    );
  });
});

describe("throughput", () => {
  it("has a row for a week without a merge, and none before the first change or for a part of a week", () => {
    const cut = { from: window.from - WEEK, to: window.to + DAY };

    expect(throughput(changes([1, 3], [2, 4], [8, 20]), cut, "UTC").map(({ merged }) => merged)).toEqual([2, 0, 1, 0]);
  });

  it("counts a merge in the week in which it was, from its first moment, and keeps to the window", () => {
    const merged = openedChanges(
      [0, 1, 2, 4].map((week) => aChangeFact({ openedAt: monday, mergedAt: monday + week * WEEK, closedAt: null })),
      "default",
    );

    expect(throughput(merged, window, "UTC")).toMatchObject([
      { from: monday, to: monday + WEEK, merged: 1 },
      { from: monday + WEEK, to: monday + 2 * WEEK, merged: 1 },
      { from: monday + 2 * WEEK, to: monday + 3 * WEEK, merged: 1 },
      { from: monday + 3 * WEEK, to: monday + 4 * WEEK, merged: 0 },
    ]);
    expect(throughput(merged, { from: monday + 1, to: window.to - 1 }, "UTC").map((week) => week.merged)).toEqual([
      1, 1,
    ]);
  });

  it("begins with the week in which the first change was opened, and is of none without a change", () => {
    const opened = (at: number) => openedChanges([aChangeFact({ openedAt: at, mergedAt: null })], "default");

    expect(throughput(opened(monday + WEEK - 1), window, "UTC")).toHaveLength(4);
    expect(throughput(opened(monday + WEEK), window, "UTC")).toHaveLength(3);
    expect(throughput([], window, "UTC")).toEqual([]);
  });
});

describe("a forecast", () => {
  it("is refused below seven weeks, and where nothing is open", () => {
    expect(finish(weeks(1, 2, 3, 1, 2, 3), 4)).toMatchObject({
      weeks: null,
      words: "No forecast: A forecast needs 7 complete periods; there are 6.",
    });
    expect(finish(weeks(1, 2, 3, 1, 2, 3, 1, 2), 0).words).toBe("Nothing is open, so there is nothing to forecast.");
  });

  it("of a steady process is the quotient, and held in the past", () => {
    const { weeks: levels, test, words } = finish(weeks(...Array.from({ length: 20 }, () => 2)), 7);

    expect(levels).toEqual({ p50: 4, p85: 4, p95: 4 });
    expect(test?.covered).toEqual({ p50: 1, p85: 1, p95: 1 });
    expect(words).toContain("within 4 weeks in half of the trials");
    expect(words).toContain("in 100 % of 10 intervals of 4 weeks");
  });

  it("says so where it would take longer than ten years", () => {
    const { weeks: levels, words } = finish(weeks(1, ...Array.from({ length: 19 }, () => 0)), 500);

    expect(levels).toEqual({ p50: null, p85: null, p95: null });
    expect(words).toBe(
      "As many changes as are open now (500) are merged within more than ten years in half of the trials, more than ten years in 85 % and more than ten years in 95 %. Tested on the past: in 100 % of 6 intervals of 8 weeks, at least as much was merged as a forecast at 85 % had said.",
    );
  });

  it("is tested over as many weeks as it takes, at most eight", () => {
    const steady = Array.from({ length: 20 }, () => 2);

    expect([1, 5, 16, 18, 40].map((open) => finish(weeks(...steady), open).testWeeks)).toEqual([1, 3, 8, 8, 8]);
    expect(finish(weeks(...steady), 1).words).toBe(
      "As many changes as are open now (1) are merged within 1 week in half of the trials, 1 week in 85 % and 1 week in 95 %. Tested on the past: in 100 % of 13 intervals of 1 week, at least as much was merged as a forecast at 85 % had said.",
    );
  });

  it("says so where there are too few weeks to test it", () => {
    const { test, words } = finish(weeks(2, 2, 2, 2, 2, 2, 2), 4);

    expect(test).toEqual({ covered: null, intervals: 0 });
    expect(words).toMatch(/ There are too few weeks to test this on the past\.$/);
  });

  it("is refused with the reason, and then nothing is tested", () => {
    expect(finish(weeks(0, 0, 0, 0, 0, 0, 0), 1)).toEqual({
      weeks: null,
      test: null,
      testWeeks: 0,
      words: "No forecast: Nothing was done in any of 7 periods.",
    });
    expect(finish(weeks(1, 1, 1, 1, 1, 1, 1), 0)).toMatchObject({ weeks: null, test: null, testWeeks: 0 });
  });

  it("is the same when it is made again, and never sooner at a surer level", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (merged, open) => {
          const first = finish(weeks(1, ...merged), open);
          const levels = Object.values({ ...first.weeks });

          expect(finish(weeks(1, ...merged), open)).toEqual(first);
          expect(levels).toEqual(levels.toSorted((a, b) => Number(a) - Number(b)));
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe("Little's law", () => {
  it("holds where one change is opened a day and each takes two", () => {
    const steady = changes(...Array.from({ length: 60 }, (_, day) => [day - 20, day - 18] as const));

    const { law, words } = stability(steady, window);

    expect(law).toMatchObject({ expected: 2, residual: 0, stable: true });
    expect(words).toBe("Stable: arrivals and times account for what is in progress, but for 0 % (Little's law).");
  });

  it("tells where more is in progress than times account for", () => {
    const stuck = Array.from({ length: 10 }, () => [-1, NEVER] as const);
    const growing = changes(...stuck, ...Array.from({ length: 28 }, (_, day) => [day, day + 0.5] as const));
    const { law, words } = stability(growing, window);

    expect(law?.stable).toBe(false);
    expect(words).toContain("Unstable: arrivals and times account for 95 % less than is in progress (Little's law)");
  });

  it("tells where less is in progress than times account for", () => {
    // What ends in the window took long before it, and what is opened in it ends at once.
    const shrinking = changes(
      ...Array.from({ length: 10 }, () => [-100, 1] as const),
      ...Array.from({ length: 20 }, (_, day) => [day, day + 0.1] as const),
    );
    const { law, words } = stability(shrinking, window);

    // 20 opened in 28 days; (10 × 101 + 20 × 0.1) / 30 days each; (10 × 1 + 20 × 0.1) / 28 in progress.
    expect(law?.expected).toBeCloseTo(((20 / 28) * (1010 + 2)) / 30, 10);
    expect(law?.residual).toBeCloseTo(((20 * 1012) / 30 - 12) / 12, 10);
    expect(words).toBe(
      "Unstable: arrivals and times account for 5522 % more than is in progress (Little's law), so a forecast from the past may not hold.",
    );
  });

  it("counts what ended in the window, merged or closed, and not what ended with it or before it was opened", () => {
    const nine = Array.from({ length: 9 }, () => [0, 1] as const);
    const closed = aChangeFact({ openedAt: monday, mergedAt: null, closedAt: monday });
    const ended = (...more: ReturnType<typeof changes>) => stability([...changes(...nine), ...more], window);

    expect(ended().words).toBe("9 changes ended: too few to check (from 10).");
    expect(ended(...openedChanges([closed], "default")).law).not.toBeNull();
    expect(ended(...changes([0, 28])).law).toBeNull();
    expect(ended(...changes([2, 1])).law).toBeNull();
    expect(stability(changes([0, 1]), window).words).toBe("1 change ended: too few to check (from 10).");
  });

  it("has nothing to check where nothing was ever in progress", () => {
    const atOnce = changes(...Array.from({ length: 10 }, () => [1, 1] as const));

    expect(stability(atOnce, window)).toEqual({ law: null, words: "Nothing was in progress." });
  });

  it("is not checked with less than ten ended changes", () => {
    expect(stability(changes([0, 1]), { from: monday, to: monday + 10 * HOUR })).toEqual({
      law: null,
      words: "0 changes ended: too few to check (from 10).",
    });
  });
});
