import { describe, expect, it } from "vitest";

import { UNCALIBRATED } from "#metrics/programme/savings/calibration.ts";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import {
  deviationsIn,
  effectOf,
  evaluate,
  leadTimeRows,
  lostRows,
  upkeepRows,
} from "#metrics/programme/savings/evaluate.ts";
import type { Question } from "#metrics/programme/savings/evaluate.ts";
import { random } from "#metrics/statistics/random.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";

import { anInput, aTeamWeek, CERTAIN, mondays, work } from "./weeks.ts";

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

  it.each([
    ["on the first day of the eight weeks before", dayOf(32), false],
    ["on the day before these", new Date(Date.parse(dayOf(32)) - 1).toISOString().slice(0, 10), true],
  ])("is disturbed by what was done to a team until the end of its last day: %s", (_, last, passed) => {
    const tooling = {
      kind: "ai-tooling" as const,
      title: "An assistant",
      teams: ["team 1"],
      from: dayOf(20),
      to: last,
    };
    const { lost } = evaluate({ ...question(0.12), interventions: [tooling] });

    expect(lost.checks.filter(({ id }) => id === "disturbance")).toEqual([
      { id: "disturbance", passed, words: expect.any(String) },
    ]);
  });

  it("is of the teams that are asked for alone, with what else was done to them", () => {
    const asked = TEAMS.slice(0, 9);
    const interventions = (["freeze", "reorganisation", "ai-tooling", "training"] as const).map((kind) => ({
      kind,
      title: `A ${kind}`,
      teams: ["team 1"],
      from: ADOPTED,
      to: ADOPTED,
    }));
    const { lost } = evaluate({ ...question(0.12), teams: asked, interventions });
    const [disturbed] = lost.checks.filter(({ id }) => id === "disturbance");

    expect(lost.counts.teams).toBe(9);
    expect(disturbed?.passed).toBe(false);
    expect(
      ["A freeze", "A reorganisation", "A ai-tooling", "A training"].map((one) => disturbed?.words.includes(one)),
    ).toEqual([true, true, true, false]);
    expect(lost.grade).toBe("C");
  });

  it("has the same digits whenever it is reckoned with the same seed", () => {
    expect(evaluate(question(0.12))).toEqual(evaluate(question(0.12)));
  });

  it("knows no effect where nothing can be said of one", () => {
    expect(effectOf({ size: null, draws: new Float64Array(0) }, 1)).toBeNull();
  });

  it("is worth as much less as fewer of all weeks come after an adoption", () => {
    const size = { saving: 0.2, low: 0.1, high: 0.3, p10: 0.1, p50: 0.2, p90: 0.3, atLeastLine: 1 };

    expect(effectOf({ size, draws: Float64Array.from([0.1, 0.4]) }, 0.5)).toEqual({
      likely: -0.1,
      draws: [-0.05, -0.2],
    });
  });
});

describe("what an effect is estimated from", () => {
  const assumptions = [
    ...CERTAIN.filter(({ what }) => what !== "capacity"),
    anAssumption("capacity", 80, { of: "orders" }),
  ];
  const at = Date.parse("2026-11-02");

  it("is the share of its capacity that a team lost in a week, which weighs as much as it has", () => {
    const weeks = [
      aTeamWeek("2026-11-02", { work: work(0.25) }),
      aTeamWeek("2026-11-09", { work: null }),
      aTeamWeek("2026-11-02", { team: "stock", work: work(0.25) }),
    ];

    expect(lostRows(weeks, assumptions, "2026-11-30", UNCALIBRATED)).toEqual([
      { team: "orders", week: at, outcome: 0.25, weight: 80 },
    ]);
    expect(lostRows(weeks, [anAssumption("capacity", 0)], "2026-11-30", UNCALIBRATED)).toEqual([]);
  });

  it("is the mean logarithm of lead times of weeks in which something was deployed, each of which weighs the same", () => {
    const weeks = [aTeamWeek("2026-11-02", { changes: 9, logLeadTime: 3 }), aTeamWeek("2026-11-09")];

    expect(leadTimeRows(weeks)).toEqual([{ team: "orders", week: at, outcome: 3, weight: 1 }]);
  });
});

describe("where an evaluation is not what was said before", () => {
  const registered = {
    name: "Spring",
    frozenOn: "2025-01-01",
    scope: "team:orders",
    baseline: null,
    outcome: "lead time",
    method: "difference-in-differences",
    seed: 1,
    schedule: [],
    quarters: [],
  };
  const evaluation = { ...question(0), quarter: "2026-Q1", baseline: null, adoptions: [], registered };
  const nothing = estimateEffect({ rows: [], adoptions: [], disturbances: [], control: [] }, OPTIONS);
  const found = {
    lost: { ...nothing, method: "interrupted-time-series" },
    leadTime: { ...nothing, method: "difference-in-differences" },
  } as const;
  const told = (has: Partial<typeof registered>, teams: readonly string[] | null = ["orders"]) =>
    deviationsIn({ ...evaluation, teams, registered: { ...registered, ...has } }, 1, found);

  it("is told of the outcome that the plan names", () => {
    expect(told({})).toEqual([]);
    expect(told({ outcome: "lost capacity" })).toEqual([
      "The plan says “difference-in-differences”; the data allow interrupted-time-series.",
    ]);
  });

  it("is told where it is of all and the plan is not", () => {
    expect(told({}, null)).toEqual(["The plan is of team:orders; this is of the whole organisation."]);
    expect(told({ scope: "organisation" }, null)).toEqual([]);
  });

  it("is nothing where nothing was said", () => {
    expect(deviationsIn({ ...evaluation, teams: null, registered: null }, 2, found)).toEqual([]);
  });
});
