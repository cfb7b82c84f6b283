import { describe, expect, it } from "vitest";
import type { Change, Side } from "#metrics/compare.ts";
import { compare } from "#metrics/compare.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { seeded, theMetric } from "#test/support/builders.ts";

const frequency = theMetric("deployment-frequency");
const leadTime = theMetric("lead-time-commit");
const failRate = theMetric("change-fail-rate");

const sum = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** A window of weeks with so many events in each. */
interface Plain extends Side {
  readonly observations: readonly Observation[];
}

function counting(...counts: readonly number[]): Side {
  const observations = Array.from({ length: sum(counts) }, (_, at): Observation => ({ at, value: 1 }));
  return { observations, exposure: counts.length * WEEK, counts };
}

/** Values that arrive together, release by release. */
function waiting(...releases: readonly (readonly (number | null)[])[]): Plain {
  const observations = releases.flatMap((values, at) => values.map((value): Observation => ({ at, value })));
  return { observations, exposure: WEEK, counts: [] };
}

const eachAlone = (...values: readonly (number | null)[]): Plain => waiting(...values.map((value) => [value]));
const failing = (k: number, n: number): Side =>
  eachAlone(...Array.from({ length: n }, (_, index) => Number(index < k)));
const verdict = (metric: Metric, now: Side, before: Side): Change["verdict"] | null =>
  compare(metric, now, before)?.verdict ?? null;

describe("counts", () => {
  const few = counting(2, 3, 2, 3, 2, 3);
  const many = counting(6, 7, 6, 7, 6, 7);

  it("that really changed are called, in the direction of what is better", () => {
    expect(compare(frequency, many, few)).toEqual({
      change: 2.6,
      low: expect.closeTo(1.4013, 4),
      high: expect.closeTo(5.077, 4),
      verdict: "better",
      p: expect.closeTo(2 / 924, 9),
      among: null,
      open: null,
    });
    expect(compare(frequency, few, many)).toMatchObject({ change: expect.closeTo(1 / 2.6, 9), verdict: "worse" });
    expect(verdict({ ...frequency, better: "lower" }, many, few)).toBe("worse");
    expect(verdict({ ...frequency, better: "neither" }, many, few)).toBe("different");
  });

  it("that did not are not", () => {
    expect(compare(frequency, few, few)).toMatchObject({ change: 1, verdict: "within-variation" });
  });

  it("in one burst are no change, though a Poisson interval would call it one", () => {
    const burst = compare(frequency, counting(2, 3, 40, 3, 2, 3), few);

    expect(burst?.low).toBeGreaterThan(1);
    expect(burst?.verdict).toBe("within-variation");
  });

  it("whose weeks differ though their sum hardly does are no change", () => {
    expect(verdict(frequency, counting(3, 3, 3, 3, 3, 3), counting(2, 2, 2, 2, 2, 6))).toBe("within-variation");
  });

  it("are compared per time, so that windows of different length are equal", () => {
    expect(compare(frequency, counting(2, 2, 2, 2), counting(2, 2, 2, 2, 2, 2, 2, 2))).toMatchObject({
      change: 1,
      verdict: "within-variation",
    });
  });

  it("from nothing have no ratio and no upper limit", () => {
    expect(compare(frequency, many, counting(0, 0, 0, 0, 0, 0))).toMatchObject({
      change: null,
      high: null,
      verdict: "better",
    });
    expect(compare(frequency, counting(0, 0, 0, 0, 0, 0), many)).toMatchObject({ change: 0, low: 0, verdict: "worse" });
  });

  it("are too few below six events or four complete weeks", () => {
    expect(compare(frequency, counting(1, 0, 1, 1), counting(1, 1, 0, 0))).toBeNull();
    expect(compare(frequency, counting(1, 0, 1, 1), counting(1, 1, 1, 0))).not.toBeNull();
    expect(compare(frequency, counting(9, 9, 9), few)).toBeNull();
    expect(compare(frequency, few, counting(9, 9, 9))).toBeNull();
    expect(compare(frequency, { ...few, exposure: 0 }, few)).toBeNull();
  });
});

describe("medians", () => {
  const short = eachAlone(1, 2, 3, 4, 5, 6);
  const long = eachAlone(11, 12, 13, 14, 15, 16);

  it("that really changed are called, in the direction of what is better", () => {
    expect(compare(leadTime, long, short)).toEqual({
      change: 10,
      low: 7,
      high: 13,
      verdict: "worse",
      p: expect.closeTo(2 / 924, 9),
      among: null,
      open: null,
    });
    expect(compare(leadTime, short, long)).toEqual({
      change: -10,
      low: -13,
      high: -7,
      verdict: "better",
      p: expect.closeTo(2 / 924, 9),
      among: null,
      open: null,
    });
    expect(verdict({ ...leadTime, better: "higher" }, short, long)).toBe("worse");
    expect(verdict({ ...leadTime, better: "neither" }, short, long)).toBe("different");
  });

  it("that did not are not", () => {
    expect(compare(leadTime, short, short)).toMatchObject({ change: 0, verdict: "within-variation" });
  });

  it("of commits that waited for one release count once: two large releases are no evidence", () => {
    const slow = waiting(
      Array.from({ length: 50 }, () => 90),
      [1],
      [2],
      [3],
    );
    const fast = waiting(
      Array.from({ length: 50 }, () => 2),
      [1],
      [2],
      [3],
    );

    expect(verdict(leadTime, slow, fast)).toBe("within-variation");
  });

  it("of releases are those of their commits", () => {
    const releases = waiting([0, 11, 90], [12], [13, 13], [14, 14], [1, 15, 15], [16]);

    expect(compare(leadTime, releases, short)).toMatchObject({ change: 10, low: 7, high: 13 });
  });

  it("leave out what is not known", () => {
    const gaps = waiting([11, null], [12], [null], [13], [14], [15], [16]);

    expect(compare(leadTime, gaps, short)).toEqual(compare(leadTime, long, short));
  });

  it("are too few where releases are, however many commits they carry", () => {
    const three = waiting([1, 1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3]);

    expect(compare(leadTime, three, waiting([9], [9], [9]))).toBeNull();
    expect(compare(leadTime, eachAlone(), short)).toBeNull();
    expect(compare(leadTime, short, eachAlone(null, null))).toBeNull();
    expect(compare(leadTime, eachAlone(1, 2, 3, 4), eachAlone(5, 6, 7, 8))).not.toBeNull();
  });

  it("are no change where the number shown moved the other way, since releases and commits then disagree", () => {
    const releasesFaster = [1, 1, 1, 1, 1, 1, 1, 1, 1].map((value) => [value]);
    const releasesSlower = [5, 5, 5, 5, 5, 5, 5, 5, 5].map((value) => [value]);
    const now = waiting(
      ...releasesFaster,
      Array.from({ length: 99 }, () => 50),
    );
    const before = waiting(
      ...releasesSlower,
      Array.from({ length: 99 }, () => 40),
    );

    expect(verdict(leadTime, now, before)).toBe("within-variation");
    expect(verdict(leadTime, before, now)).toBe("within-variation");
  });

  it("are no change where the interval touches 0", () => {
    const later = eachAlone(4, 5, 6, 7, 8, 9);

    expect(compare(leadTime, later, short)).toMatchObject({ low: 0, verdict: "within-variation" });
    expect(compare(leadTime, short, later)).toMatchObject({ high: 0, verdict: "within-variation" });
  });
});

describe("medians of which some are not over", () => {
  const recovery = theMetric("recovery-time");
  const quick = eachAlone(1, 2, 3, 4, 5, 6, 7, 8);
  const slow = eachAlone(21, 22, 23, 24, 25, 26, 27, 28);
  const withOpen = (side: Plain, ...openFor: readonly number[]): Plain => ({
    ...side,
    observations: [
      ...side.observations,
      ...openFor.map((hours, at) => ({ at: 100 + at, value: null, openFor: hours })),
    ],
  });

  it("are called where they changed whatever becomes of what is open", () => {
    expect(verdict(recovery, withOpen(slow, 20, 30), quick)).toBe("worse");
    expect(verdict(recovery, withOpen(quick, 1), slow)).toBe("better");
  });

  it("say how many are open where these alone may undo it", () => {
    const some = withOpen(quick, 1, 1, 1, 1, 1, 1, 1, 1);

    expect(compare(recovery, some, slow)).toMatchObject({ high: expect.any(Number), open: 8 });
    expect(compare(recovery, slow, some)).toMatchObject({ open: 8 });
    expect(compare(recovery, some, withOpen(slow, 1))).toMatchObject({ verdict: "within-variation", open: 9 });
    expect(compare(recovery, withOpen(quick, 1), slow)).toMatchObject({ verdict: "better", open: null });
    expect(compare(recovery, withOpen(quick, 1), withOpen(quick, 1))).toMatchObject({ open: null });
  });

  it("are not called where what is open may undo it", () => {
    expect(verdict(recovery, withOpen(quick, 1, 1, 1, 1, 1, 1, 1, 1), slow)).toBe("within-variation");
    expect(verdict(recovery, slow, withOpen(quick, 1, 1, 1, 1, 1, 1, 1, 1))).toBe("within-variation");
  });
});

describe("rates", () => {
  it("that really changed are called, in the direction of what is better", () => {
    expect(compare(failRate, failing(56, 70), failing(48, 80))).toEqual({
      change: expect.closeTo(0.2, 9),
      low: expect.closeTo(0.0524, 4),
      high: expect.closeTo(0.3339, 4),
      verdict: "worse",
      // z = .2 / √(104/150 · 46/150 · (1/70 + 1/80)) = 2.6502
      p: expect.closeTo(0.008045, 6),
      among: null,
      open: null,
    });
    expect(verdict(failRate, failing(48, 80), failing(56, 70))).toBe("better");
    expect(verdict({ ...failRate, better: "higher" }, failing(56, 70), failing(48, 80))).toBe("better");
  });

  it("that did not are not", () => {
    expect(compare(failRate, failing(7, 70), failing(8, 80))).toMatchObject({ change: 0, verdict: "within-variation" });
  });

  it("leave out what is not known", () => {
    const young = eachAlone(1, 0, 0, 0, 0, 0, null, null);

    expect(compare(failRate, young, failing(1, 6))).toMatchObject({ change: 0 });
  });

  it("are too few below six on either side", () => {
    expect(compare(failRate, failing(0, 5), failing(5, 50))).toBeNull();
    expect(compare(failRate, failing(5, 50), failing(0, 5))).toBeNull();
    expect(compare(failRate, failing(0, 6), failing(0, 6))).toMatchObject({ change: 0, verdict: "within-variation" });
  });
});

const WORLDS = 500;
type Random = () => number;

/** In what share of the worlds two windows of one process are called different. */
function falseAlarms(metric: Metric, window: (random: Random) => Side): number {
  const random = seeded(20260301);
  let called = 0;
  for (let world = 0; world < WORLDS; world += 1) {
    const found = verdict(metric, window(random), window(random));
    called += Number(found === "better" || found === "worse");
  }
  return called / WORLDS;
}

const times = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);

/** How many arrive in a unit of time, by adding the waits between them. */
function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let waited = 0; waited < mean; count += 1) waited -= Math.log(1 - random());
  return Math.max(0, count);
}

const normal = (random: Random): number => sum(times(12, random)) - 6;
const lognormal = (random: Random, spread: number): number => 24 * Math.exp(spread * normal(random));

/** 5 %, and what 500 worlds leave to chance. */
const AT_MOST = 0.07;

describe("500 worlds in which nothing changed", () => {
  it.each<[string, Metric, (random: Random) => Side]>([
    ["deployments at random", frequency, (random) => counting(...times(13, () => poisson(random, 3)))],
    ["few deployments", frequency, (random) => counting(...times(13, () => poisson(random, 0.9)))],
    ["short windows", frequency, (random) => counting(...times(8, () => poisson(random, 4)))],
    [
      "deployments in bursts",
      frequency,
      (random) => counting(...times(13, () => sum(times(poisson(random, 0.6), () => 1 + poisson(random, 4))))),
    ],
    ["lead times of single commits", leadTime, (random) => eachAlone(...times(15, () => lognormal(random, 1.5)))],
    [
      "lead times of commits that wait together",
      leadTime,
      (random) =>
        waiting(
          ...times(12, () => {
            const wait = lognormal(random, 1);
            return times(1 + poisson(random, 6), () => wait + lognormal(random, 1.5));
          }),
        ),
    ],
    ["few lead times", leadTime, (random) => eachAlone(...times(5, () => lognormal(random, 1)))],
    ["failures of one in ten", failRate, (random) => eachAlone(...times(40, () => Number(random() < 0.1)))],
    ["failures of one in three", failRate, (random) => eachAlone(...times(60, () => Number(random() < 1 / 3)))],
    ["failures among few", failRate, (random) => eachAlone(...times(8, () => Number(random() < 0.3)))],
  ])("seldom show a change: %s", (_, metric, window) => {
    expect(falseAlarms(metric, window)).toBeLessThanOrEqual(AT_MOST);
  });

  it("show one where it is real", () => {
    const random = seeded(7);
    const slower = (factor: number): Side => eachAlone(...times(15, () => factor * lognormal(random, 1)));
    const busier = (mean: number): Side => counting(...times(13, () => poisson(random, mean)));
    const worse = (rate: number): Side => eachAlone(...times(80, () => Number(random() < rate)));
    const share = (found: () => Change["verdict"] | null, wanted: Change["verdict"]): number =>
      times(100, found).filter((one) => one === wanted).length / 100;

    expect(share(() => verdict(leadTime, slower(5), slower(1)), "worse")).toBeGreaterThan(0.9);
    expect(share(() => verdict(frequency, busier(6), busier(2)), "better")).toBeGreaterThan(0.9);
    expect(share(() => verdict(failRate, worse(0.05), worse(0.3)), "better")).toBeGreaterThan(0.9);
  });
});

it("a release is one instant: an hour apart are two", () => {
  const spaced = (...values: readonly number[]): Side => ({
    observations: values.map((value, index) => ({ at: index * HOUR, value })),
    exposure: WEEK,
    counts: [],
  });

  expect(compare(leadTime, spaced(5, 6, 7, 8), spaced(1, 2, 3, 4))).toMatchObject({ change: 4, verdict: "worse" });
});
