import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { periods } from "#metrics/calendar.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import type { UnitWeek } from "#metrics/programme/savings/units.ts";
import { togetherIn, unitCalled, unitWeeks } from "#metrics/programme/savings/units.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY } from "#metrics/time.ts";
import { aChangeFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

import { aLife, DAYS } from "./lives.ts";

const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-30") }, "week", "UTC");
const delivered = (has: Parameters<typeof aChangeFact>[0]) => aChangeFact({ authorKind: "human", ...has });
const of = (changes: readonly ReturnType<typeof delivered>[], teamAt: (at: number) => string | null = () => "orders") =>
  unitWeeks({ changes, teamAt }, weeks, "UTC");

/** What a life that stays the same says where what it delivered is counted in another way. */
function held(otherwise: (week: UnitWeek) => UnitWeek) {
  const input = aLife({}, {});
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

describe("a unit of volume", () => {
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
    expect(little?.lacking).toContain("too few");
    expect(held((week) => week).volumeAdjusted?.lacking).toBeNull();
  });

  it("says nothing where none was declared", () => {
    expect(savingsOf({ ...aLife({}, {}), units: null }).volumeAdjusted).toBeNull();
  });
});
