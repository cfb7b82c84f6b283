import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { periods } from "#metrics/calendar.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import type { UnitWeek } from "#metrics/programme/savings/units.ts";
import {
  countedIn,
  notCounted,
  togetherIn,
  unitCalled,
  unitFlaw,
  unitsIn,
  unitWeeks,
} from "#metrics/programme/savings/units.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY } from "#metrics/time.ts";
import { aCost } from "#test/metrics/programme/declared.ts";
import { aChangeFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

import { aLife, DAYS } from "./lives.ts";

const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-30") }, "week", "UTC");
const delivered = (has: Parameters<typeof aChangeFact>[0]) => aChangeFact({ authorKind: "human", ...has });
const of = (changes: readonly ReturnType<typeof delivered>[], teamAt: (at: number) => string | null = () => "orders") =>
  unitWeeks({ changes, teamAt }, weeks, "UTC");

/** What a life that stays the same says where what it delivered is counted in another way. */
function held(otherwise: (week: UnitWeek) => UnitWeek, rest: Parameters<typeof aLife>[2] = {}) {
  const input = aLife({}, {}, rest);
  return savingsOf({ ...input, units: { unit: "linked-issue", weeks: (input.units?.weeks ?? []).map(otherwise) } });
}

/** 1 in the quarter of now. */
function isNow({ week }: UnitWeek): number {
  return week >= DAYS.period.from ? 1 : 0;
}

/** Hours of the 1,300 of a quarter. */
function lostNow({ shares }: ReturnType<typeof savingsOf>["levers"][number]): number {
  return (shares?.now ?? 0) * 1300;
}

/** From one team to nobody. */
function handedOver(instant: number): string | null {
  return instant < at("2026-03-20") ? "old" : null;
}

describe("an issue", () => {
  it("is delivered once, with the first change that closes it, however many there are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ issue: fc.nat(5), day: fc.integer({ min: 0, max: 27 }) }), { maxLength: 30 }),
        (closing) => {
          const found = of(
            closing.map(({ issue, day }, index) =>
              delivered({ id: `${index}`, requestedAt: issue, deployedAt: at("2026-03-02") + day * DAY }),
            ),
          );

          expect(sum(found.map(({ units }) => units))).toBe(new Set(closing.map(({ issue }) => issue)).size);
          expect(sum(found.map(({ changes }) => changes))).toBe(closing.length);
        },
      ),
    );
  });

  it("is that of the team and the week of its first change, and of nobody where nobody had the service", () => {
    const changes = [
      delivered({ id: "b", requestedAt: 1, deployedAt: at("2026-03-11") }),
      delivered({ id: "a", requestedAt: 1, deployedAt: at("2026-03-03") }),
      delivered({ id: "c", requestedAt: 2, deployedAt: at("2026-03-25") }),
    ];
    const found = of(changes, handedOver);

    expect(found).toEqual([
      { team: "old", week: "2026-03-02", units: 1, changes: 1, linked: 1 },
      { team: "old", week: "2026-03-09", units: 0, changes: 1, linked: 1 },
    ]);
  });

  it("that was delivered before is not delivered again, and bots deliver none", () => {
    const found = of([
      delivered({ id: "a", requestedAt: 1, deployedAt: at("2026-02-20") }),
      delivered({ id: "b", requestedAt: 1, deployedAt: at("2026-03-03") }),
      delivered({ id: "c", requestedAt: 2, deployedAt: at("2026-03-03"), authorKind: "bot" }),
      delivered({ id: "d", requestedAt: null, deployedAt: at("2026-03-03") }),
    ]);

    expect(found).toEqual([{ team: "orders", week: "2026-03-02", units: 0, changes: 2, linked: 1 }]);
  });

  it("of several services is added up by team and week", () => {
    const week = (team: string, units: number): UnitWeek => ({
      team,
      week: "2026-03-02",
      units,
      changes: 2,
      linked: 1,
    });

    expect(togetherIn([week("b", 1), week("a", 2), week("b", 3)])).toEqual([
      { ...week("a", 2) },
      { ...week("b", 4), changes: 4, linked: 2 },
    ]);
  });
});

describe("whether issues stand for the work", () => {
  const counted = (units: number, linked: number, changes = 100) => ({ units, changes, linked });

  it("is so where half of the changes and more close one, and about as many as before", () => {
    expect(unitFlaw(counted(1, 50), counted(1, 60))).toBeNull();
    expect(unitFlaw(counted(9, 60), counted(1, 50))).toBeNull();
  });

  it("is not so where none was delivered then or now", () => {
    const none = "No issue was delivered then or now of which a host tells: changes that close issues say so.";

    expect(unitFlaw(counted(0, 60), counted(1, 60))).toBe(none);
    expect(unitFlaw(counted(1, 60), counted(0, 60))).toBe(none);
    expect(unitFlaw(counted(0, 0, 0), counted(0, 0, 0))).toBe(none);
  });

  it("is not so where too few changes close one, then or now, or others than before", () => {
    const few = "too few for issues to stand for the work.";
    const otherwise = "people link otherwise than before, and that is no more or less work.";

    expect(unitFlaw(counted(1, 49), counted(1, 55))).toBe(
      `49 % of the changes closed an issue before, 55 % do now: ${few}`,
    );
    expect(unitFlaw(counted(1, 55), counted(1, 49))).toContain(few);
    expect(unitFlaw(counted(1, 70), counted(1, 81))).toContain(otherwise);
    expect(unitFlaw(counted(1, 81), counted(1, 70))).toContain(otherwise);
  });

  it("is counted by weeks as often as they were drawn, and once unless that is said", () => {
    const week = (monday: string) => ({ team: "orders", week: monday, units: 2, changes: 4, linked: 3 });
    const drawn = [week("2026-03-02"), week("2026-03-09"), week("2026-03-16")];

    expect(countedIn(drawn, null)).toEqual({ units: 6, changes: 12, linked: 9 });
    expect(
      countedIn(
        drawn,
        new Map([
          ["2026-03-02", 3],
          ["2026-03-09", 0],
        ]),
      ),
    ).toEqual({
      units: 6,
      changes: 12,
      linked: 9,
    });
    expect(countedIn(drawn, new Map([["2026-03-09", 1]]))).toEqual({ units: 2, changes: 4, linked: 3 });
  });

  it("is of the teams that are compared and of the days alone, the last of which is none of them", () => {
    const week = (team: string, monday: string) => ({ team, week: monday, units: 1, changes: 1, linked: 1 });
    const all = [week("a", "2026-03-02"), week("b", "2026-03-02"), week("a", "2026-03-09"), week("a", "2026-02-23")];

    expect(unitsIn(all, new Set(["a"]), { from: "2026-03-02", to: "2026-03-09" })).toEqual(all.slice(0, 1));
  });
});

describe("a unit of volume", () => {
  it("is kept as it was said where nobody but people can count it, and that is told", () => {
    expect(notCounted("story points")).toBe(
      "Its unit of volume, “story points”, is kept as it was said and not counted: no host tells when one of them was delivered. Linked issues are counted.",
    );
  });

  it("is counted where a baseline declares linked issues, and never changes or deployments", () => {
    expect(["linked issues", "Linked issue", " linked-issues "].map(unitCalled)).toEqual(
      Array.from({ length: 3 }, () => "linked-issue"),
    );
    expect(["changes", "deployments", "use cases", "linked issues and changes"].map(unitCalled)).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });

  it("gives what was lost for each unit before, times the units of now, less what is lost now", () => {
    const found = held((week) => ({ ...week, units: week.units * (1 + isNow(week)) }));
    const lost = sum(found.levers.map(lostNow));

    expect(lost).toBeGreaterThan(100);
    expect(found.volumeAdjusted).toMatchObject({ before: 65, now: 130 });
    expect(found.volumeAdjusted?.hours?.likely).toBeCloseTo(lost, 6);
    // The headline is held against capacity and does not move.
    expect(found.gross?.likely).toBeCloseTo(0, 6);
  });

  it("is not held against anything where people link otherwise than before, or too little", () => {
    const otherwise = held((week) => ({ ...week, linked: week.changes * (0.6 + 0.4 * isNow(week)) })).volumeAdjusted;
    const little = held((week) => ({ ...week, linked: week.changes * 0.4 })).volumeAdjusted;

    expect(otherwise?.hours).toBeNull();
    expect(otherwise?.lacking).toBe(
      "60 % of the changes closed an issue before, 100 % do now: people link otherwise than before, and that is no more or less work.",
    );
    expect(little?.share).toBeNull();
    expect(little?.linked).toEqual({ before: expect.closeTo(0.4, 12), now: expect.closeTo(0.4, 12) });
    expect(little?.lacking).toContain("too few");
    expect(held((week) => week).volumeAdjusted?.lacking).toBeNull();
  });

  it("is worth hours times what one costs, and with cash a share of the same baseline cost", () => {
    const { programme } = aLife({}, {});
    const costs = [
      aCost("licences", "2026-01", [0, 0, 0, 0, 0, 0, 0]),
      aCost("ci", "2026-01", [1000, 1000, 1000, 0, 0, 0, 0]),
    ];
    const twice = (week: UnitWeek) => ({ ...week, units: week.units * (1 + isNow(week)) });
    const found = held(twice, { programme: { ...programme, costs } });
    const { volumeAdjusted, cashShare, baselineCost } = found;
    const hours = Number(volumeAdjusted?.hours?.likely);

    expect(volumeAdjusted?.unit).toBe("linked-issue");
    expect(volumeAdjusted?.money?.likely).toBeCloseTo(hours * 50, 6);
    expect(cashShare?.likely).toBeGreaterThan(0.01);
    expect(volumeAdjusted?.share?.likely).toBeCloseTo(
      (hours * 50) / Number(baselineCost?.likely) + Number(cashShare?.likely),
      9,
    );
  });

  it("has hours and no money where nobody said what an hour costs, and tells of nothing that nothing was", () => {
    const input = aLife({}, {});
    const assumptions = input.programme.assumptions.filter(({ what }) => what !== "rate");
    const unpaid = savingsOf({ ...input, programme: { ...input.programme, assumptions } }).volumeAdjusted;
    const nothing = savingsOf({ ...input, units: { unit: "linked-issue", weeks: [] } }).volumeAdjusted;

    expect(unpaid?.hours?.likely).toBeCloseTo(0, 6);
    expect(unpaid).toMatchObject({ money: null, share: null });
    expect(nothing).toMatchObject({ before: 0, now: 0, linked: { before: null, now: null }, hours: null });
  });

  it("counts units of before in as many days as there are now", () => {
    const input = aLife({}, {});
    const sixWeeks = { from: DAYS.period.from, to: "2026-05-18" };

    // Five issues a week, which are delivered in the week after that in which they were begun.
    expect(savingsOf({ ...input, period: sixWeeks }).volumeAdjusted).toMatchObject({
      before: expect.closeTo((65 * 6) / 13, 9),
      now: 25,
    });
  });

  it("says nothing where none was declared", () => {
    expect(savingsOf({ ...aLife({}, {}), units: null }).volumeAdjusted).toBeNull();
  });
});
