import { describe, expect, it } from "vitest";

import { effectOf, evaluate } from "#metrics/programme/savings/evaluate.ts";
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
  return { input, adoptions, interventions: [], effectDraws: 400 };
}

describe("a result", () => {
  it("finds what adopting saved, and reckons the headline with it", () => {
    const { figures, lost } = evaluate(question(0.12));

    expect(lost.method).toBe("difference-in-differences");
    expect(lost.effect).toBe("yes");
    expect(lost.size?.saving).toBeCloseTo(0.12, 2);
    // Eight of twelve teams saved it, and hours are all that is paid for.
    expect(figures.headline?.gross.likely).toBeGreaterThan(0.07);
    expect(figures.notes.join(" ")).not.toContain("difference between then and now");
  });

  it("gives no effect to teams that did not get better", () => {
    const { lost, figures } = evaluate(question(0));

    expect(lost.effect).not.toBe("yes");
    expect(figures.headline?.grossReaches).toBe(0);
  });

  it("has the same digits whenever it is reckoned with the same seed", () => {
    expect(evaluate(question(0.12))).toEqual(evaluate(question(0.12)));
  });

  it("knows no effect where nothing can be said of one", () => {
    expect(effectOf({ size: null, draws: new Float64Array(0) })).toBeNull();
  });
});
