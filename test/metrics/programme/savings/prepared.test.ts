import { describe, expect, it } from "vitest";
import type { TimeStudy } from "#metrics/programme/assumptions.ts";
import { prepare } from "#metrics/programme/savings/prepared.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import { anAssumption, aTimeStudy } from "#test/metrics/programme/declared.ts";
import { anInput, aTeamWeek, CERTAIN, work } from "./weeks.ts";

const weeks = [aTeamWeek("2026-01-05", { work: work(0.2) }), aTeamWeek("2026-02-02", { work: work(0.2) })];
const programmeOf = (timeStudies: readonly TimeStudy[], assumptions = CERTAIN) => ({
  assumptions,
  costs: [],
  timeStudies,
  interventions: [],
  initiatives: [],
});

describe("a time study", () => {
  const study = (from: string, to: string, has: Partial<TimeStudy> = {}) =>
    aTimeStudy("orders", { "unplanned-rework": 10, "new-value": 90 }, { from, to, ...has });
  const studiesOf = (one: TimeStudy, assumptions = CERTAIN) =>
    savingsOf(anInput(weeks, { draws: 2, programme: programmeOf([one], assumptions) })).buckets.studies;

  it("is held against the weeks of the same team of which some day lies in it", () => {
    expect(studiesOf(study("2026-01-11", "2026-01-20"))).toBe(1);
    expect(studiesOf(study("2026-01-01", "2026-01-05"))).toBe(1);
    expect(studiesOf(study("2026-01-12", "2026-02-01"))).toBe(0);
    expect(studiesOf(study("2026-01-05", "2026-01-11", { team: "stock" }))).toBe(0);
  });

  it("tells nothing where it holds no hour, or nobody said how many the team has", () => {
    const own = [...CERTAIN.filter(({ what }) => what !== "capacity"), anAssumption("capacity", 9, { of: "stock" })];

    expect(studiesOf(study("2026-01-05", "2026-01-11", { hours: [{ bucket: "toil", hours: 0 }] }))).toBe(0);
    expect(studiesOf(study("2026-01-05", "2026-01-11"), own)).toBe(0);
  });
});

describe("what savings are reckoned from", () => {
  it("is weeks of teams that are known before and now: an hour of which nothing is said counts on neither side", () => {
    const others = [
      aTeamWeek("2026-01-05", { team: "stock" }),
      aTeamWeek("2026-02-02", { team: "stock", work: null }),
      aTeamWeek("2025-12-29", { team: "early" }),
      aTeamWeek("2026-03-02", { team: "late" }),
    ];
    const { teams, leftOut, before, now } = prepare(anInput([...weeks, ...others]));

    expect({ teams, leftOut }).toEqual({ teams: ["orders"], leftOut: ["stock"] });
    expect([before, now].map((side) => side.map(({ week }) => week.week))).toEqual([["2026-01-05"], ["2026-02-02"]]);
  });

  it("is minutes and downtime of before in as many days as there are now, of whatever was there at one of the two times", () => {
    const told = [
      aTeamWeek("2026-01-05", { ciMinutes: { b: 100 }, downtime: { shop: 2 } }),
      aTeamWeek("2026-01-12", { ciMinutes: { b: 20 } }),
      aTeamWeek("2026-02-02", { ciMinutes: { a: 7 } }),
    ];
    const period = { from: "2026-02-02", to: "2026-02-16" };
    const { runners, downtime, scale } = prepare(anInput(told, { period }));

    expect(scale).toBe(0.5);
    expect(runners).toEqual([
      { name: "a", before: 0, now: 7, price: null },
      { name: "b", before: 60, now: 0, price: null },
    ]);
    expect(downtime).toEqual([{ name: "shop", before: 1, now: 0, price: null }]);
  });

  it("is the delay of use cases of which something came both then and now", () => {
    const useCases = [
      { id: "both", before: 3, now: 1 },
      { id: "new", before: null, now: 1 },
      { id: "gone", before: 3, now: null },
    ];

    expect(prepare(anInput(weeks, { useCases })).delays).toEqual([{ name: "both", before: 3, now: 1, price: null }]);
  });
});
