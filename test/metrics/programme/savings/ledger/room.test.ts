import { describe, expect, it } from "vitest";
import { standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import type { Cap } from "#metrics/programme/savings/ledger/room.ts";
import { capacityCaps, filled, rateOn, unheld } from "#metrics/programme/savings/ledger/room.ts";
import { overfull, unheldWords } from "#metrics/programme/savings/ledger/words.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { aLine, apart, aStep } from "./entries.ts";

const of = (id: number, draft: Parameters<typeof aLine>[1]) => standingOf(aLine(id, draft), []);
const asked = { month: "2026-06", rate: 50, isWithin: apart.isWithin };
const bucket: Cap = { scope: "organisation", bucket: "unplanned-rework", hours: 60 };
const capacity: Cap = { scope: "team:payments", bucket: null, hours: 160 };

describe("the hours that lines take", () => {
  it("are no more than a bucket held, or than the teams have", () => {
    const lines = [
      of(1, { lever: "L1" }),
      of(2, { hours: 50 }),
      of(3, { lever: "L3", hours: 100 }),
      of(4, { amount: null, hours: null }),
    ];
    const both = filled(lines, [bucket, capacity], asked);

    expect(both).toEqual([
      { ...bucket, claimed: 70, unknown: 1 },
      { ...capacity, claimed: 170, unknown: 1 },
    ]);
    expect(both.map(overfull)).toEqual([
      expect.stringContaining("claim 70 hours a month from unplanned-rework, which held 60 in the baseline"),
      expect.stringContaining("claim 170 hours a month, and its teams have 160 by what is assumed"),
    ]);
    expect(overfull({ ...bucket, claimed: 60, unknown: 0 })).toBeNull();
  });

  it("are told as more than there are with all that makes it so, from a thousandth of an hour on", () => {
    expect(overfull({ ...bucket, claimed: 1200.4, unknown: 0 })).toBe(
      "Lines of organisation claim 1,200 hours a month from unplanned-rework, which held 60 in the baseline: no more can be saved than was lost.",
    );
    expect(overfull({ ...capacity, claimed: 161, unknown: 0 })).toBe(
      "Lines of team:payments claim 161 hours a month, and its teams have 160 by what is assumed: no more can be saved than there is. Money of a line counts as the hours that it pays for.",
    );
    expect(overfull({ ...bucket, claimed: 60.0009, unknown: 0 })).toBeNull();
    expect(overfull({ ...bucket, claimed: 60.01, unknown: 0 })).not.toBeNull();
  });

  it("are known of hours alone where an hour costs nothing", () => {
    const found = filled([of(1, { amount: 4000 }), of(2, { hours: null })], [bucket], { ...asked, rate: 0 });

    expect(found).toEqual([{ ...bucket, claimed: 20, unknown: 1 }]);
  });

  it("name three of the lines that are held against nothing, and say how many more there are", () => {
    const lines = [1, 2, 3, 4, 5].map((id) => of(id, {}));

    expect(unheldWords(lines.slice(0, 1))).toBe(
      "Nobody said how many hours there are to be saved of line 1 (team:payments): no baseline says what its bucket held, and no assumption what its teams have. While one of them counts, no grade is better than C. Say the capacity on the page Backbone.",
    );
    expect(unheldWords(lines.slice(0, 3))).toContain(
      "of line 1 (team:payments), line 2 (team:payments), line 3 (team:payments): no baseline",
    );
    expect(unheldWords(lines)).toContain("line 3 (team:payments) and 2 more: no baseline");
  });

  it("are those that money pays for, where a line says money alone or more money than its hours cost", () => {
    const claimed = (draft: object, rate: number | null = 50) =>
      filled([of(1, draft)], [bucket], { ...asked, rate }).map((one) => [one.claimed, one.unknown]);

    expect(claimed({ amount: 4000, hours: null })).toEqual([[80, 0]]);
    expect(claimed({ amount: 4000, hours: 20 })).toEqual([[80, 0]]);
    expect(claimed({ amount: 500, hours: 20 })).toEqual([[20, 0]]);
    expect(claimed({ amount: 4000, hours: null }, null)).toEqual([[0, 1]]);
    expect(claimed({ lever: "L5", amount: 4000, hours: null })).toEqual([[0, 0]]);
  });

  it("are not those of lines that were withdrawn, are over, or are of another scope", () => {
    const gone = standingOf(aLine(1), [aStep(1, "withdrawn")]);
    const all = [gone, of(2, { fromMonth: "2024-06" }), of(3, { scope: "team:other" })];

    expect(filled(all, [capacity], asked)).toEqual([{ ...capacity, claimed: 0, unknown: 0 }]);
  });

  it("are held against nothing where neither a baseline nor an assumption says how many there are", () => {
    const lines = [of(1, {}), of(2, { lever: "L3", scope: "team:other" }), of(3, { lever: "L5", hours: null })];

    expect(unheld(lines, [], asked).map(({ line }) => line.id)).toEqual([1, 2]);
    expect(unheld(lines, [bucket], asked).map(({ line }) => line.id)).toEqual([2]);
    expect(unheld(lines, [bucket, capacity], asked).map(({ line }) => line.id)).toEqual([2]);
    expect(unheldWords(unheld(lines, [], asked))).toContain("line 1 (team:payments), line 2 (team:other): no baseline");
    expect(unheldWords([])).toBeNull();
  });
});

describe("what the teams of a scope have", () => {
  it("is the sum of theirs, in the mean of months, and unknown where one of them is", () => {
    const assumptions = [anAssumption("capacity", 70, { of: "payments" }), anAssumption("rate", 50)];
    const staffed = (...teams: string[]) =>
      capacityCaps([{ scope: "team:payments", teams }], assumptions, "2026-06-30");

    expect(staffed("payments")).toEqual([{ scope: "team:payments", bucket: null, hours: 304.375 }]);
    expect(staffed("payments", "cards")).toEqual([]);
    expect(staffed()).toEqual([]);
    expect(rateOn(assumptions, "2026-06-30")).toBe(50);
    expect(rateOn([], "2026-06-30")).toBeNull();
  });
});
