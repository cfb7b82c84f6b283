import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WeekCount } from "#metrics/programme/adoption-date.ts";
import { adoptionDate, DETECTION, weekCounts } from "#metrics/programme/adoption-date.ts";
import { NO_ITEMS, unmeasurable } from "#metrics/programme/practices/readings.ts";
import { WEEK } from "#metrics/time.ts";
import { isHeld, isNear, simulatedTeam, USUAL_WORLD } from "#test/support/adoptions.ts";
import type { World } from "#test/support/adoptions.ts";

const weeks = (...counts: readonly (readonly [number, number])[]): readonly WeekCount[] =>
  counts.map(([met, of], index) => ({ from: index * WEEK, to: (index + 1) * WEEK, met, of }));
const times = (count: number, met: number, of: number) => Array.from({ length: count }, () => [met, of] as const);

/** Of so many teams: the share that something is true of. */
function shareOf(teams: number, world: World, isSo: (seed: number) => boolean): number {
  return Array.from({ length: teams }, (_, seed) => isSo(seed + 1)).filter(Boolean).length / teams;
}

describe("the date of an adoption", () => {
  it("is the first week of the new level", () => {
    const { date } = adoptionDate(weeks(...times(10, 2, 6), ...times(10, 6, 6)), 0.6);

    expect(date).toMatchObject({ at: 10 * WEEK, before: 1 / 3, after: 1 });
    expect(date?.p).toBeLessThanOrEqual(0.01);
    expect(date?.from).toBeLessThanOrEqual(10 * WEEK);
    expect(date?.to).toBeGreaterThanOrEqual(10 * WEEK);
  });

  it("passes over weeks without items", () => {
    const { date } = adoptionDate(weeks(...times(8, 1, 6), ...times(3, 0, 0), ...times(8, 6, 6)), null);

    expect(date).toMatchObject({ at: 11 * WEEK, from: 7 * WEEK, to: 12 * WEEK });
  });

  it("is none where nothing changes, where the share falls, and of too few weeks", () => {
    expect(adoptionDate(weeks(...times(20, 3, 6)), 0.6).date).toBeNull();
    expect(adoptionDate(weeks(...times(20, 6, 6)), 0.6).date).toBeNull();
    expect(adoptionDate(weeks(...times(10, 6, 6), ...times(10, 1, 6)), 0.6).date).toBeNull();
    expect(adoptionDate(weeks(...times(4, 0, 9), ...times(3, 9, 9)), 0.6)).toEqual({
      date: null,
      words: "7 weeks with items are too few: it takes 4 before and 4 since.",
    });
  });

  it("is none where the new level lies below what is asked for", () => {
    const risen = weeks(...times(12, 1, 10), ...times(12, 4, 10));

    expect(adoptionDate(risen, 0.6)).toEqual({
      date: null,
      words: "The share rose from 10 % to 40 %, which lies below the 60 % that are asked for.",
    });
    expect(adoptionDate(risen, null).date).toMatchObject({ at: 12 * WEEK });
  });

  it("is none of a rise that is sure and small", () => {
    const small = weeks(...times(20, 92, 100), ...times(20, 99, 100));

    expect(adoptionDate(small, 0.95).words).toBe(
      "The share rose from 92 % to 99 %, which is too little for an adoption.",
    );
    expect(adoptionDate(small, 0.95, { ...DETECTION, leastRise: 0.05 }).date).toMatchObject({ at: 20 * WEEK });
  });

  it("is claimed of ten weeks at the least, whose orders are enough to be rare", () => {
    // Of four and four there are 70 orders, of which the clearest is one: more than one in a hundred. Of five and five there are 252.
    expect(adoptionDate(weeks(...times(4, 0, 1), ...times(4, 1, 1)), null).date).toBeNull();
    expect(adoptionDate(weeks(...times(5, 0, 1), ...times(5, 1, 1)), null).date).toMatchObject({ at: 5 * WEEK });
  });

  it("moves with the weeks, and is the same whenever it is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 300 }), (seed, later) => {
        const team = simulatedTeam(seed, USUAL_WORLD).weeks;
        const moved = team.map((week) => ({ ...week, from: week.from + later * WEEK, to: week.to + later * WEEK }));

        expect(adoptionDate(team, 0.6)).toEqual(adoptionDate(team, 0.6));
        expect(adoptionDate(moved, 0.6).date?.at).toBe(weeksAfter(adoptionDate(team, 0.6).date?.at, later));
      }),
      { numRuns: 15 },
    );
  });

  it("lies within two weeks of the truth for nine teams in ten, and its interval holds the truth as often", () => {
    expect(shareOf(200, USUAL_WORLD, (seed) => isNear(seed, USUAL_WORLD))).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(200, USUAL_WORLD, (seed) => isHeld(seed, USUAL_WORLD))).toBeGreaterThanOrEqual(0.9);
  });

  it.each([3, 8])("is the middle of a rise over %i weeks, although nobody says how many they are", (ramp) => {
    const world: World = { ...USUAL_WORLD, items: [10, 20], ramp };

    expect(shareOf(40, world, (seed) => isNear(seed, world))).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(40, world, (seed) => isHeld(seed, world))).toBeGreaterThanOrEqual(0.9);
  });

  it("is the middle of a rise that is plain to see, with the levels before and after it", () => {
    const rising = weeks(...times(20, 5, 50), [10, 50], [20, 50], [30, 50], [40, 50], ...times(20, 45, 50));
    const { date } = adoptionDate(rising, 0.6);

    expect(date).toMatchObject({ at: 22 * WEEK, before: 0.1, after: 0.9 });
    expect([date?.from, date?.to]).toEqual([21 * WEEK, 23 * WEEK]);
  });

  it("is not given where the rise is sure and its time is not", () => {
    const sparse = Array.from({ length: 60 }, (_, week) => [Number(week >= 30), Number(week % 5 === 0)] as const).map(
      ([risen, of]) => [risen * of, of] as const,
    );
    const { date, words } = adoptionDate(weeks(...sparse), null);

    expect(date).toBeNull();
    expect(words).toBe("The share rose from 0 % to 100 %; when cannot be told but for 13 weeks.");
  });

  it("is claimed of at most one team in fifty that never changes, however uneven its weeks", () => {
    const claimed = (level: number, uneven: number, memory = 0) => {
      const world: World = { ...USUAL_WORLD, before: [level, level], after: [level, level], uneven, memory };
      return shareOf(500, world, (seed) => adoptionDate(simulatedTeam(seed, world).weeks, null).date !== null);
    };

    expect(claimed(0.3, 0)).toBeLessThanOrEqual(0.02);
    expect(claimed(0.8, 0)).toBeLessThanOrEqual(0.02);
    expect(claimed(0.5, 0.2)).toBeLessThanOrEqual(0.02);
    expect(claimed(0.5, 0.2, 0.5)).toBeLessThanOrEqual(0.02);
  });

  it.each<[string, Partial<World>, (week: WeekCount, place: number, seed: number) => WeekCount]>([
    ["that has few items", { items: [0.3, 1.5] }, asItWas],
    ["that freezes for six weeks", {}, frozen],
    ["whose summers and ends of years are worse", { weeks: 104 }, slow],
    ["that is joined with another one", {}, joined],
    ["that slowly rises by ten points", { after: [0.6, 0.6], ramp: 52 }, asItWas],
  ])("is claimed of at most one team in fifty %s", (_, has, change) => {
    const world: World = { ...USUAL_WORLD, before: [0.5, 0.5], after: [0.5, 0.5], ...has };
    const claimed = Array.from({ length: 300 }, (__, seed) => simulatedTeam(seed + 1, world).weeks)
      .map(
        (team, seed) =>
          adoptionDate(
            team.map((week, place) => change(week, place, seed)),
            null,
          ).date,
      )
      .filter((date) => date !== null);

    expect(claimed.length / 300).toBeLessThanOrEqual(0.02);
  });

  it("reads the weeks of a part that were measured", () => {
    const [first, second] = [
      { from: 0, to: WEEK },
      { from: WEEK, to: 2 * WEEK },
    ];
    const history = [
      { ...first, reading: { ...NO_ITEMS, met: 2, of: 3 }, isMet: true },
      { ...second, reading: unmeasurable("No."), isMet: null },
    ];

    expect(weekCounts(history)).toEqual([{ ...first, met: 2, of: 3 }]);
  });
});

function asItWas(week: WeekCount): WeekCount {
  return week;
}

/** Nothing happens for six weeks. */
function frozen(week: WeekCount, place: number): WeekCount {
  return place >= 20 && place < 26 ? { ...week, met: 0, of: 0 } : week;
}

/** One in three that met it does not, in six weeks in summer and three around the end of a year that begins with the first week. */
function slow(week: WeekCount, place: number): WeekCount {
  const ofYear = place % 52;
  const isSlow = (ofYear >= 27 && ofYear < 33) || ofYear >= 50 || ofYear === 0;
  return isSlow ? { ...week, met: week.met - Math.floor(week.met / 3) } : week;
}

/** With another team of the same level, from the middle of the year on. */
function joined(week: WeekCount, place: number, seed: number): WeekCount {
  if (place < 26) return week;
  const world: World = { ...USUAL_WORLD, before: [0.5, 0.5], after: [0.5, 0.5], items: [8, 16] };
  const other = simulatedTeam(seed + 10_000, world).weeks[place];
  return { ...week, met: week.met + (other?.met ?? 0), of: week.of + (other?.of ?? 0) };
}

function weeksAfter(at: number | undefined, weeksLater: number): number | undefined {
  return at === undefined ? undefined : at + weeksLater * WEEK;
}
