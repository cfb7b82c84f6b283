import { describe, expect, it } from "vitest";
import type { Assumption } from "#metrics/programme/assumptions.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { anInput, aTeamWeek, CERTAIN, work } from "./weeks.ts";

const without = (...left: string[]) => CERTAIN.filter(({ what }) => !left.includes(what));
const changed = (weeks: readonly TeamWeek[], assumptions: readonly Assumption[]) =>
  savingsOf(
    anInput(weeks, {
      draws: 2,
      programme: { assumptions, costs: [], timeStudies: [], interventions: [], initiatives: [] },
    }),
  );

/** Two weeks then and one now, in which a fifth is lost, and then a tenth. */
const weeks = [
  aTeamWeek("2026-01-05", { work: work(0.2), ciMinutes: { "": 100, hosted: 200 } }),
  aTeamWeek("2026-01-12", { work: work(0.2) }),
  aTeamWeek("2026-02-02", { work: work(0.1), ciMinutes: { "": 120, hosted: 240 } }),
];

describe("why the cost of lost hours changed", () => {
  it("is held against as many weeks before, at the rate of each time", () => {
    const dearer = [
      ...without("rate"),
      anAssumption("rate", 40),
      anAssumption("rate", 50, { validFrom: "2026-02-15" }),
    ];

    // 20 hours of a week at 40, of which 10 less are lost, and 10 that are left cost 10 more each.
    expect(changed(weeks, dearer).labour).toEqual({
      volume: 0,
      mix: 0,
      efficiency: expect.closeTo(-10 * 40, 9),
      rate: expect.closeTo(10 * 10, 9),
    });
  });

  it("says nothing of rates where nobody said what an hour cost before, and nothing at all where nobody says it now", () => {
    const late = [...without("rate"), anAssumption("rate", 50, { validFrom: "2026-02-15" })];

    expect(changed(weeks, late).labour).toMatchObject({ rate: 0, efficiency: expect.closeTo(-500, 9) });
    expect(changed(weeks, without("rate")).labour).toBeNull();
    expect(changed([], CERTAIN).labour).toBeNull();
  });

  it("takes the rates that held on the last day of each time, and not those from the day after", () => {
    const next = [...CERTAIN, anAssumption("rate", 70, { id: "r", validFrom: "2026-03-02" })];
    const then = [...CERTAIN, anAssumption("rate", 70, { id: "r", validFrom: "2026-02-02" })];

    expect(changed(weeks, next).labour?.rate).toBeCloseTo(0, 9);
    expect(changed(weeks, then).labour?.rate).toBeCloseTo(10 * 20, 9);
  });
});

describe("why the cost of pipelines changed", () => {
  const price = (value: number, rest: Partial<Assumption> = {}) => anAssumption("ci-price", value, rest);

  it("is minutes by runner at the price of each time, what was not priced then at that of now", () => {
    const dearer = [...CERTAIN, price(1), price(2, { id: "b", validFrom: "2026-02-20" })];
    const late = [...CERTAIN, price(2, { validFrom: "2026-02-20" })];

    // Of 300 minutes then and 360 now, two thirds of them hosted both times, at 1 and at 2.
    expect(changed(weeks, dearer).pipelines).toEqual({
      volume: expect.closeTo(60, 9),
      mix: expect.closeTo(0, 9),
      efficiency: expect.closeTo(0, 9),
      rate: expect.closeTo(360, 9),
    });
    expect(changed(weeks, late).pipelines).toMatchObject({ volume: expect.closeTo(120, 9), rate: 0 });
  });

  it("says nothing where nobody said what a minute costs", () => {
    expect(changed(weeks, CERTAIN).pipelines).toBeNull();
    expect(changed([], [...CERTAIN, price(1)]).pipelines).toBeNull();
  });
});

describe("where hours went", () => {
  it("is told as shares of the capacity, then and now, and as 0 where there is none", () => {
    const { before, now } = changed(weeks, CERTAIN).buckets;

    expect(before).toMatchObject({ "new-value": expect.closeTo(0.8, 9), "unplanned-rework": expect.closeTo(0.2, 9) });
    expect(now).toMatchObject({ "new-value": expect.closeTo(0.9, 9), "unplanned-rework": expect.closeTo(0.1, 9) });
    expect(new Set(Object.values(changed([], CERTAIN).buckets.before))).toEqual(new Set([0]));
  });
});
