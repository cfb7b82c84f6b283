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

    expect(stability(steady, window).law).toMatchObject({ expected: 2, residual: 0, stable: true });
  });

  it("tells where more is in progress than times account for", () => {
    const stuck = Array.from({ length: 10 }, () => [-1, NEVER] as const);
    const growing = changes(...stuck, ...Array.from({ length: 28 }, (_, day) => [day, day + 0.5] as const));
    const { law, words } = stability(growing, window);

    expect(law?.stable).toBe(false);
    expect(words).toContain("Unstable: 95 % more is in progress");
  });

  it("is not checked with less than ten ended changes", () => {
    expect(stability(changes([0, 1]), { from: monday, to: monday + 10 * HOUR })).toEqual({
      law: null,
      words: "0 changes ended: too few to check (from 10).",
    });
  });
});
