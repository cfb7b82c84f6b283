import { describe, expect, it } from "vitest";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { anInput, aTeamWeek, CERTAIN, STUDIED } from "./weeks.ts";

const both = [aTeamWeek("2026-01-05"), aTeamWeek("2026-02-02")];
const effect = { likely: -0.1, draws: [-0.1] };

/** What is said where nothing else limits a result. */
const notes = (weeks: readonly TeamWeek[], has: Partial<SavingsInput> = {}) =>
  savingsOf(anInput(weeks, { programme: STUDIED, effect, draws: 2, ...has })).notes;

describe("what limits a result", () => {
  it("is nothing where everything is known and stated", () => {
    expect(notes(both)).toEqual([]);
  });

  it("is that no team is known both before and now, and then that no other is named or doubted", () => {
    expect(notes([aTeamWeek("2026-01-05"), aTeamWeek("2026-02-02", { team: "stock" })], { effect: null })).toEqual([
      "No team can be compared with itself: there is none whose hours and changes are known both before and now.",
    ]);
  });

  it("is teams of which nothing is known before, or now, by name", () => {
    const others = [aTeamWeek("2026-02-02", { team: "late" }), aTeamWeek("2026-01-05", { team: "gone" })];

    expect(notes([...both, ...others])).toEqual([
      "Not compared, because their hours or changes are not known both before and now: gone, late.",
    ]);
  });

  it("is that nobody said what an hour costs, or that usual values stand in", () => {
    const without = (left: string) =>
      notes(both, { programme: { ...STUDIED, assumptions: CERTAIN.filter(({ what }) => what !== left) } });

    expect(without("rate")).toEqual([
      "Nobody said what an hour of work costs: agree on a blended rate with finance and add it to the assumptions.",
    ]);
    expect(without("return")).toEqual(["1 of 8 assumptions are what Headway takes where nobody says anything."]);
  });

  it("is that nobody can say what caused it, and that nobody looked at where hours go", () => {
    expect(notes(both, { effect: null })).toEqual([
      "Hours are the difference between then and now; nobody can say yet that the programme caused it.",
    ]);
    expect(notes(both, { programme: { ...STUDIED, timeStudies: [] } })).toEqual([
      "Where hours went is estimated from changes and was never held against a time study, so its error is unknown.",
    ]);
  });
});
