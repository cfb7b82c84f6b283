import { describe, expect, it } from "vitest";

import { OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import { effectOf, evaluate, upkeepRows } from "#metrics/programme/savings/evaluate.ts";
import type { Question } from "#metrics/programme/savings/evaluate.ts";
import { random } from "#metrics/statistics/random.ts";

import { anInput, aTeamWeek, mondays, work } from "./weeks.ts";

const TEAMS = Array.from({ length: 12 }, (_, index) => `team ${index}`);
const WEEKS = mondays("2025-01-06", 60);
const ADOPTED = dayOf(40);

function dayOf(index: number): string {
  const [day = ""] = WEEKS.slice(index);
  return day;
}

/** Twelve teams that lose 30 % of their hours to rework, give or take; eight of them a part less of it in the end. */
function question(less: number): Question {
  const next = random(11);
  const input = anInput(
    TEAMS.flatMap((team, index) =>
      WEEKS.map((week, at) => {
        const isAfter = index < 8 && at >= 40;
        const share = 0.3 + (next(1000) - 500) / 50_000 - (isAfter ? less : 0);
        return aTeamWeek(week, { team, work: work(share), changes: 4, logLeadTime: Math.log(50) });
      }),
    ),
    {
      baseline: { from: dayOf(14), to: ADOPTED },
      period: { from: dayOf(47), to: dayOf(59) },
      draws: 200,
    },
  );
  const adoptions = TEAMS.map((team, index) => ({
    team,
    week: index < 8 ? ADOPTED : null,
    from: index < 8 ? ("intervention" as const) : ("none" as const),
  }));
  return { input, adoptions, interventions: [], teams: null, options: { ...OPTIONS, draws: 400 } };
}

describe("a result", () => {
  it("finds what adopting saved, and reckons the headline with it", () => {
    const { figures, lost } = evaluate(question(0.12));

    expect(lost.method).toBe("difference-in-differences");
    expect(lost.effect).toBe("yes");
    expect(lost.size?.saving).toBeCloseTo(0.12, 2);
    // Eight of twelve teams saved it, hours are all that is paid for, and the other four are not said to have saved anything.
    expect(figures.headline?.gross.likely).toBeCloseTo((8 / 12) * Number(lost.size?.saving), 10);
    expect(figures.notes.join(" ")).not.toContain("difference between then and now");
  });

  it("gives no effect to teams that did not get better", () => {
    const { lost, figures } = evaluate(question(0));

    expect(lost.effect).not.toBe("yes");
    expect(figures.headline?.grossReaches).toBe(0);
  });

  it("is held against the upkeep in planned work, which no way of working decides", () => {
    const { input, ...rest } = question(0.12);
    const next = random(12);
    const weeks = input.weeks.map((week) => {
      const upkeep = 1 + next(100) / 100;
      const planned = { "new-value": 4 - upkeep, "planned-maintenance": upkeep, "security-remediation": 0 };
      return { ...week, work: { ...work(0), ...week.work, ...planned } };
    });
    const { lost } = evaluate({ ...rest, input: { ...input, weeks } });

    expect(lost.checks).toContainEqual({
      id: "negative-control",
      passed: true,
      words: expect.stringMatching(/^An outcome that the programme cannot have moved did not move/),
    });
    expect(
      upkeepRows([aTeamWeek("2026-11-02", { team: "a", work: { ...work(0.5), "planned-maintenance": 2.5 } })]),
    ).toEqual([{ team: "a", week: Date.parse("2026-11-02"), outcome: 0.5, weight: 1 }]);
    expect(upkeepRows([aTeamWeek("2026-11-02", { work: null }), aTeamWeek("2026-11-09", { work: work(1) })])).toEqual(
      [],
    );
  });

  it("has the same digits whenever it is reckoned with the same seed", () => {
    expect(evaluate(question(0.12))).toEqual(evaluate(question(0.12)));
  });

  it("knows no effect where nothing can be said of one", () => {
    expect(effectOf({ size: null, draws: new Float64Array(0) }, 1)).toBeNull();
  });
});
