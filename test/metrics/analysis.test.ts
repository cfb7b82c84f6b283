import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse, compared, measured } from "#metrics/analysis.ts";
import type { Analysis } from "#metrics/analysis.ts";
import type { Frame } from "#metrics/grid.ts";
import { grid } from "#metrics/grid.ts";
import { metrics } from "#metrics/index.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import type { Point } from "#metrics/series.ts";
import { listed, partOf, sampleOf } from "#metrics/sample.ts";
import { slice } from "#metrics/series.ts";
import { DAY, WEEK, within } from "#metrics/time.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { aDeploymentFact, eachAt, factsOf, aHistory, observationsOf, theMetric, utc } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");

const MONDAY = utc("2026-01-05");
const weeks = (from: number, to: number): Window => ({ from: MONDAY + from * WEEK, to: MONDAY + to * WEEK });
const weekly = (window: Window): Frame => ({ window, interval: "week", zone: "UTC" });
const always: Window = { from: utc("2020-01-01"), to: utc("2030-01-01") };

function analysed(
  metric: Metric,
  observations: readonly Observation[],
  frame: Frame,
  reach: Window | null = always,
): Analysis {
  return analyse(metric, observations, grid(frame, reach));
}

/** So many observations in each week from a Monday on, a minute apart. */
function inWeeks(first: number, counts: readonly number[], value = 1): readonly Observation[] {
  return counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, index) => ({ at: MONDAY + (first + week) * WEEK + index * 60_000, value })),
  );
}

/** One observation in each week. */
function oneAWeek(first: number, values: readonly (number | null)[]): readonly Observation[] {
  return values.map((value, week) => ({ at: MONDAY + (first + week) * WEEK, value }));
}

/** Those of some points whose labels others have too. */
function sharedBy(points: readonly Point[], others: readonly Point[]): readonly Point[] {
  return points.filter(({ label }) => others.some((other) => other.label === label));
}

/** Unknown adds nothing. */
function sum(values: readonly (number | null)[]): number {
  let total = 0;
  for (const value of values) total += value ?? 0;
  return total;
}

const drawn: fc.Arbitrary<readonly Observation[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: -60, max: 100 }).map((halfDays) => MONDAY + (halfDays * DAY) / 2),
      value: fc.option(fc.constantFrom(0, 1), { freq: 5 }),
    }),
    { maxLength: 40, size: "max" },
  )
  .map((observations) => observations.toSorted((a, b) => a.at - b.at));
const moments = fc.integer({ min: -30, max: 80 }).map((halfDays) => MONDAY + (halfDays * DAY) / 2);
const frames = fc
  .record({
    from: moments,
    halfDays: fc.integer({ min: 1, max: 60 }),
    interval: fc.constantFrom("day" as const, "week" as const, "month" as const),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "America/Havana"),
  })
  .map(({ from, halfDays, interval, zone }): Frame => ({
    window: { from, to: from + (halfDays * DAY) / 2 },
    interval,
    zone,
  }));
const reaches = fc.option(
  fc
    .tuple(moments, fc.integer({ min: 1, max: 100 }))
    .map(([from, halfDays]) => ({ from, to: from + (halfDays * DAY) / 2 })),
  { freq: 9 },
);
const everyMetric = fc.constantFrom(...metrics);

describe("a series", () => {
  it("has a row for each week, the empty ones too, that sum to the whole", () => {
    const { points, whole } = analysed(frequency, inWeeks(0, [2, 0, 0, 1]), weekly(weeks(0, 4)));

    expect(points.map(({ value }) => value)).toEqual([2, 0, 0, 1]);
    expect(points.map(({ label }) => label)).toEqual(["2026-W02", "2026-W03", "2026-W04", "2026-W05"]);
    expect(whole.value).toBe(3);
  });

  it("has no lead time, not one of 0 h, for a month without deployments", () => {
    const frame: Frame = { window: { from: utc("2026-01-01"), to: utc("2026-04-01") }, interval: "month", zone: "UTC" };
    const observations = [
      { at: utc("2026-01-10"), value: 5 },
      { at: utc("2026-03-10"), value: 7 },
    ];

    expect(analysed(leadTime, observations, frame).points.map(({ value, n }) => [value, n])).toEqual([
      [5, 1],
      [null, 0],
      [7, 1],
    ]);
  });

  it("shares no observation between neighbouring weeks: they are half-open", () => {
    const edge = MONDAY + WEEK;
    const { points } = analysed(frequency, eachAt(edge - 1, edge), weekly(weeks(0, 2)));

    expect(points.map(({ value }) => value)).toEqual([1, 1]);
  });

  it("counts only what lies inside a window that begins and ends within a week", () => {
    const window = { from: MONDAY + 2 * DAY, to: MONDAY + 9 * DAY };
    const observations = eachAt(MONDAY, MONDAY + 2 * DAY - 1, MONDAY + 2 * DAY, MONDAY + 8 * DAY, MONDAY + 9 * DAY);
    const { points, whole } = analysed(frequency, observations, weekly(window));

    expect(points.map(({ value, partial }) => [value, partial])).toEqual([
      [1, true],
      [1, true],
    ]);
    expect(whole.value).toBe(2);
  });

  it("has no row before the first deployment, a part of one for its week, and the rate of what was observed", () => {
    const reach = { ...always, from: MONDAY + WEEK + DAY };
    const { points, whole } = analysed(frequency, eachAt(reach.from), weekly(weeks(0, 3)), reach);

    expect(points.map(({ value, partial }) => [value, partial])).toEqual([
      [1, true],
      [0, false],
    ]);
    expect(whole.perWeek).toBeCloseTo(7 / 13, 9);
  });

  it("of a window before the first deployment is empty, and its count unknown", () => {
    const { points, whole, previous } = analysed(frequency, [], weekly(weeks(0, 3)), {
      ...always,
      from: MONDAY + 3 * WEEK,
    });

    expect(points).toEqual([]);
    expect(whole.value).toBeNull();
    expect(previous).toBeNull();
  });

  it("leaves what is dated after the data ends for the day when it is known: neither in the parts nor in the whole", () => {
    const reach = { ...always, to: MONDAY + DAY };
    const { points, whole } = analysed(
      frequency,
      eachAt(MONDAY, MONDAY + 2 * DAY, MONDAY + 2 * WEEK),
      weekly(weeks(0, 4)),
      reach,
    );

    expect(points.map(({ value, partial }) => [value, partial])).toEqual([[1, true]]);
    expect(whole.value).toBe(1);
  });

  it("adds up to the whole, whatever the window, the interval, the zone and the data's reach", () => {
    fc.assert(
      fc.property(everyMetric, drawn, frames, reaches, (metric, observations, frame, reach) => {
        const { points, whole } = analysed(metric, observations, frame, reach);
        expect(sum(points.map(({ n }) => n))).toBe(whole.n);
        expect(sum(points.map(({ k }) => k))).toBe(sum([whole.k]));
      }),
      { numRuns: 300 },
    );
  });

  it("says of each complete period the same in every window that holds it", () => {
    fc.assert(
      fc.property(everyMetric, drawn, frames, frames, reaches, (metric, observations, one, other, reach) => {
        const complete = (frame: Frame) =>
          analysed(metric, observations, { ...frame, interval: one.interval, zone: one.zone }, reach).points.filter(
            ({ partial }) => !partial,
          );
        const [points, others] = [complete(one), complete(other)];
        expect(sharedBy(points, others)).toEqual(sharedBy(others, points));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a window split in two", () => {
  it("has the observations, the n and the k of the whole", () => {
    fc.assert(
      fc.property(everyMetric, drawn, frames, fc.nat({ max: 100 }), (metric, observations, { window }, share) => {
        const cut = window.from + Math.floor(((window.to - window.from) * share) / 100);
        const sample = sampleOf(observations);
        const [first, second] = [partOf(sample, { ...window, to: cut }), partOf(sample, { ...window, from: cut })];
        const whole = partOf(sample, window);
        expect([...first.at, ...second.at]).toEqual([...whole.at]);
        expect([...first.values, ...second.values]).toEqual([...whole.values]);
        const [one, other] = [measure(metric, first, window), measure(metric, second, window)];
        expect(measure(metric, whole, window)).toMatchObject({
          n: one.n + other.n,
        });
      }),
    );
  });

  it("takes from a list what lies in it, and nothing else", () => {
    fc.assert(
      fc.property(drawn, frames, (observations, { window }) => {
        const inside = observations.filter(({ at }) => within(at, window));
        expect(partOf(sampleOf(observations), window)).toEqual(sampleOf(inside));
      }),
    );
  });
});

describe("an empty repository", () => {
  it("pooled with others changes nothing", () => {
    const empty = factsOf(aHistory([]));
    const one = { ...empty, deployments: [aDeploymentFact({ deployedAt: MONDAY })] };
    const pooled = { ...one, deployments: [...one.deployments, ...empty.deployments] };

    expect(observationsOf(frequency, pooled, always.to)).toEqual(observationsOf(frequency, one, always.to));
    for (const metric of metrics) expect(observationsOf(metric, empty, always.to)).toEqual([]);
  });
});

describe("the limits", () => {
  const ten = [5, 3, 6, 4, 5, 7, 5, 4, 6, 5];
  const limitsOf = (metric: Metric, observations: readonly Observation[], window: Window, reach = always) =>
    analysed(metric, observations, weekly(window), reach).limits;

  it("are locked from the 20 weeks before the window: what happens in it moves them no more", () => {
    const before = inWeeks(-20, [...ten, ...ten]);
    const quiet = limitsOf(frequency, [...before, ...inWeeks(0, [5, 5, 5])], weeks(0, 3));
    const wild = limitsOf(frequency, [...before, ...inWeeks(0, [50, 5, 0])], weeks(0, 3));

    expect(quiet).toMatchObject({ centre: 5, before: 20, baseline: 20, signals: [[], [], []] });
    expect(wild).toMatchObject({ centre: 5, upper: quiet?.upper, lower: quiet?.lower });
    expect(wild?.signals).toEqual([["outside"], [], ["outside"]]);
  });

  it("rest on the 20 weeks before and no earlier ones", () => {
    const observations = [...inWeeks(-26, [90, 90, 90, 90, 90, 90]), ...inWeeks(-20, [...ten, ...ten])];

    expect(limitsOf(frequency, observations, weeks(0, 3))?.centre).toBe(5);
  });

  it.each([
    [10, 10],
    [12, 12],
  ])("rest on %i weeks where the data begins so late", (known, before) => {
    const observations = inWeeks(-known, [...ten, ...ten].slice(0, known));
    const reach = { ...always, from: MONDAY - known * WEEK };

    expect(limitsOf(frequency, observations, weeks(0, 3), reach)).toMatchObject({ before, baseline: before });
  });

  it("rest on the window's own first 20 weeks where fewer than 10 lie before it", () => {
    const own = [...ten, ...ten, 50, 50];
    const observations = inWeeks(-9, [...Array.from({ length: 9 }, () => 30), ...own]);
    const reach = { ...always, from: MONDAY - 9 * WEEK };
    const found = limitsOf(frequency, observations, weeks(0, 22), reach);

    expect(found).toMatchObject({ centre: 5, before: 0, baseline: 20 });
    expect(found?.signals.slice(-2)).toEqual([["outside"], ["outside"]]);
  });

  it.each([
    [9, undefined],
    [10, 10],
  ])("of %i weeks in all rest on %s", (known, baseline) => {
    const reach = { from: MONDAY, to: MONDAY + known * WEEK };

    expect(limitsOf(frequency, inWeeks(0, ten.slice(0, known)), weeks(0, 12), reach)?.baseline).toBe(baseline);
  });

  it("do not count partial weeks, which have no signals either", () => {
    const reach = { from: MONDAY - 20 * WEEK, to: MONDAY + WEEK + DAY };
    const found = limitsOf(frequency, [...inWeeks(-20, [...ten, ...ten]), ...inWeeks(0, [50, 50])], weeks(0, 3), reach);

    expect(found?.signals).toEqual([["outside"], []]);
  });

  it("are none for counts of fewer than one a week, and some from one a week on", () => {
    const rare = [1, 0, 2, 0, 1, 0, 2, 0, 3, 0];

    const reach = weeks(0, 10);

    expect(limitsOf(frequency, inWeeks(0, rare), reach, reach)).toBeNull();
    expect(limitsOf(frequency, inWeeks(0, [1, 1, ...rare.slice(2)]), reach, reach)?.centre).toBe(1);
  });

  it("of rates stay within 0 and 1", () => {
    const twice = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1].flatMap((value, index) => [
      ...oneAWeek(index, [1]),
      ...oneAWeek(index, [value]),
    ]);

    expect(limitsOf(failRate, twice, weeks(0, 10))).toMatchObject({ centre: 0.75, lower: 0, upper: 1 });
  });

  it("of rates are none where less than one failure a period is to be expected", () => {
    const [half, none] = [[0, 1, 0, 1, 0, 1, 0, 1, 0, 1], Array.from({ length: 10 }, () => 0)];

    expect(limitsOf(failRate, oneAWeek(0, half), weeks(0, 10))).toBeNull();
    expect(limitsOf(failRate, oneAWeek(0, none), weeks(0, 10))).toBeNull();
  });

  it("of durations are on a log scale: the centre is the geometric mean, and the lower limit above 0", () => {
    const found = limitsOf(leadTime, oneAWeek(0, [1, 4, 1, 4, 1, 4, 1, 4, 1, 4]), weeks(0, 10));

    expect(found?.centre).toBeCloseTo(2, 9);
    expect(found?.lower).toBeCloseTo(2 / 4 ** (3 / 1.128), 9);
    expect(found?.upper).toBeCloseTo(2 * 4 ** (3 / 1.128), 6);
  });

  it("of durations leave out weeks without a value or of nothing, and their neighbours keep their own signals", () => {
    const calm = [2, 3, 2, 3, 2, 3, 2, 3, 2, 3];
    const found = limitsOf(leadTime, oneAWeek(0, [...calm, 0, null, 900]), weeks(0, 13));

    expect(found?.baseline).toBe(11);
    expect(limitsOf(leadTime, oneAWeek(-10, [...calm, 0, null, 900]), weeks(0, 3))?.signals).toEqual([
      [],
      [],
      ["outside"],
    ]);
  });

  it("of batch sizes are on a plain scale, never below 0", () => {
    const found = limitsOf(theMetric("batch-size-commits"), oneAWeek(0, [1, 5, 1, 5, 1, 5, 1, 5, 1, 5]), weeks(0, 10));

    expect(found).toMatchObject({ centre: 3, lower: 0, upper: expect.closeTo(3 + (3 / 1.128) * 4, 9) });
  });
});

describe("the window before", () => {
  it("is measured and compared, with the same number of days", () => {
    const observations = [...inWeeks(-4, [3, 3, 3, 3]), ...inWeeks(0, [9, 9, 9, 9])];
    const { previous } = analysed(frequency, observations, weekly(weeks(0, 4)));

    expect(previous).toMatchObject({
      window: weeks(-4, 0),
      measure: { value: 12, perWeek: 3 },
      change: { change: 3, verdict: "better" },
    });
  });

  it("of a window that runs is compared with as much as has passed", () => {
    const { previous } = analysed(frequency, inWeeks(-4, [1, 1, 1, 1, 1, 1]), weekly(weeks(0, 4)), {
      ...always,
      to: MONDAY + 2 * WEEK,
    });

    expect(previous).toMatchObject({ window: weeks(-2, 0), measure: { value: 2 } });
  });

  it.each<[string, Instant]>([
    ["the data begins with the window", MONDAY],
    ["the data begins within the window", MONDAY + DAY],
  ])("is not there where %s", (_, from) => {
    expect(analysed(frequency, eachAt(MONDAY + DAY), weekly(weeks(0, 4)), { ...always, from }).previous).toBeNull();
  });

  it("compares complete weeks only, and says nothing where they are fewer than four", () => {
    const observations = [...inWeeks(-4, [9, 1, 1, 1]), ...inWeeks(0, [3, 3, 3, 3])];
    const reach = { ...always, from: MONDAY - 4 * WEEK + DAY };

    expect(analysed(frequency, observations, weekly(weeks(0, 4)), reach).previous?.change).toBeNull();
  });
});

describe("whoever asks for less", () => {
  const frame = weekly(weeks(0, 26));
  const observations = inWeeks(-26, [...Array.from({ length: 26 }, () => 2), ...Array.from({ length: 26 }, () => 5)]);

  it.each([always, { from: MONDAY + 3 * WEEK, to: MONDAY + 9 * WEEK }, null])(
    "is told the same numbers, where facts reach over %j",
    (reach) => {
      const [seen, whole] = [grid(frame, reach), analysed(frequency, observations, frame, reach)];

      expect(compared(frequency, observations, seen)).toEqual({ whole: whole.whole, previous: whole.previous });
      expect(measured(frequency, observations, seen)).toEqual({
        whole: whole.whole,
        points: whole.points,
        previous: null,
        limits: null,
        formerLimits: [],
        trend: null,
        between: null,
      });
    },
  );

  it("of a list takes what lies in a window, as of columns", () => {
    fc.assert(
      fc.property(drawn, fc.nat({ max: 30 }), fc.nat({ max: 30 }), (found, from, to) => {
        const ordered = found.toSorted((a, b) => a.at - b.at);
        const window = { from: MONDAY + from * DAY, to: MONDAY + to * DAY };

        expect(slice(ordered, window)).toEqual(ordered.filter(({ at }) => within(at, window)));
        expect(listed(partOf(sampleOf(ordered), window))).toEqual(slice(ordered, window));
      }),
    );
  });
});

describe("limits of a process that people say has changed", () => {
  const values = [...Array.from({ length: 24 }, () => 5), ...Array.from({ length: 26 }, () => 15)];
  const frame = weekly(weeks(0, 50));
  const after = (...rebasedAt: readonly Instant[]) =>
    analyse(frequency, inWeeks(0, values), grid(frame, weeks(0, 50)), rebasedAt);
  const signalled = ({ limits, points }: Analysis) =>
    points.filter((_, index) => Number(limits?.signals[index]?.length) > 0).map(({ label }) => label);

  it("start anew: what came before is held against the limits of before, and neither has a signal", () => {
    const changed = MONDAY + 24 * WEEK;
    const { limits, formerLimits } = after(changed);

    expect(limits).toMatchObject({ from: changed, to: MONDAY + 50 * WEEK, centre: 15, before: 0, baseline: 20 });
    expect(formerLimits).toMatchObject([{ from: MONDAY, to: changed, centre: 5, baseline: 20 }]);
    expect(signalled(after(changed))).toEqual([]);
    expect(signalled(after())).toHaveLength(26);
  });

  it("say nothing of the period in which it changed", () => {
    const { limits, formerLimits } = after(MONDAY + 23 * WEEK + DAY);

    // It is the last week of five, and would pull the new centre below 15.
    expect(formerLimits).toMatchObject([{ centre: 5, to: MONDAY + 23 * WEEK + DAY }]);
    expect(limits).toMatchObject({ centre: 15, from: MONDAY + 23 * WEEK + DAY });
    expect(limits?.signals.slice(0, 24)).toEqual(Array.from({ length: 24 }, () => []));
  });

  it("are the same however often and in whatever order somebody says so", () => {
    const [one, other] = [MONDAY + 12 * WEEK, MONDAY + 24 * WEEK];

    expect(after(other, one, other)).toEqual(after(one, other));
    expect(after(one, other).formerLimits).toMatchObject([
      { from: MONDAY, to: one, baseline: 12 },
      { from: one, to: other, baseline: 12 },
    ]);
  });

  it("are those of the window's end where it changed before the window, and do not know what comes after it", () => {
    expect(after(MONDAY - WEEK).formerLimits).toEqual([]);
    expect(after(MONDAY).formerLimits).toEqual([]);
    expect(after(MONDAY + 50 * WEEK)).toEqual(after());
  });

  it("are none until ten periods are complete", () => {
    const { limits, formerLimits } = after(MONDAY + 41 * WEEK);

    expect(limits).toBeNull();
    expect(formerLimits).toHaveLength(1);
  });
});
