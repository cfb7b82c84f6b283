/** Rows of statements, by name: a small ledger, the worked example of a quarter, and a quarter whose effect is estimated. */
import { OPTIONS } from "#metrics/programme/savings/effect/types.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { random } from "#metrics/statistics/random.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { aLine, aStep, upTo } from "#test/metrics/programme/savings/ledger/entries.ts";
import { aTeamWeek, mondays, work } from "#test/metrics/programme/savings/weeks.ts";

/** Eight people with 400 hours each in a quarter, all of it told as one week so that nothing is rounded on the way. */
export const WORKED: Pick<StatementRows, "weeks" | "reckoning" | "assumptions" | "interventions"> = {
  weeks: [
    aTeamWeek("2026-01-05", {
      changes: 90,
      deployments: 30,
      recoveries: Array.from({ length: 6 }, () => 6),
      work: work(0.24),
      ciMinutes: { "": 12_000 },
    }),
    aTeamWeek("2026-01-12", {
      changes: 96,
      deployments: 60,
      recoveries: Array.from({ length: 6 }, () => 2),
      work: work(0.19),
      ciMinutes: { "": 11_000 },
    }),
  ],
  reckoning: {
    baseline: { from: "2026-01-05", to: "2026-01-12" },
    period: { from: "2026-01-12", to: "2026-01-19" },
    useCases: [],
    units: null,
    paidBy: "months",
    draws: 20,
    seed: 1,
  },
  assumptions: [
    anAssumption("rate", 62.5),
    anAssumption("capacity", 3200),
    anAssumption("responders", 1.8),
    anAssumption("handling-cap", 1000),
    anAssumption("invisible-share", 0),
    anAssumption("ci-price", 1),
  ],
  interventions: [{ id: "t", kind: "training", from: "2026-01-12", to: "2026-01-18", hours: 0, cost: 6000 }],
};

const TEAMS = Array.from({ length: 9 }, (_, index) => `team ${index}`);
const WEEKS = mondays("2025-06-02", 48);

/** Nine teams, of which five lose 12 points of their hours less to rework since the beginning of February. */
export const EVALUATED: Pick<StatementRows, "weeks" | "reckoning" | "evaluation"> = {
  weeks: TEAMS.flatMap((team, index) => {
    const next = random(index + 1);
    return WEEKS.map((week) => {
      const less = index < 5 && week >= "2026-02-02" ? 0.12 : 0;
      return aTeamWeek(week, { team, work: work(0.3 - less + next(100) / 5000), changes: 4, logLeadTime: 3 });
    });
  }),
  reckoning: {
    baseline: { from: "2025-08-04", to: "2026-02-02" },
    period: { from: "2026-03-02", to: "2026-04-13" },
    useCases: [],
    units: null,
    paidBy: "months",
    draws: 20,
    seed: 7,
  },
  evaluation: {
    quarter: "2026-Q1",
    baseline: "Autumn",
    adoptions: TEAMS.map((team, index) => ({
      team,
      week: index < 5 ? "2026-02-02" : null,
      from: index < 5 ? ("wave" as const) : ("none" as const),
    })),
    interventions: [],
    teams: null,
    options: { ...OPTIONS, draws: 49, orders: 49 },
    registered: {
      name: "Spring",
      frozenOn: "2026-01-20",
      scope: "organisation",
      baseline: "Autumn",
      outcome: "share of lost capacity",
      method: "difference-in-differences",
      seed: 7,
      schedule: [{ wave: "first", teams: TEAMS.slice(0, 4), from: "2026-02-02" }],
      quarters: [],
    },
  },
};

/** A line of each ledger, at another stage each. */
export function someRows(draft: Partial<StatementRows> = {}): StatementRows {
  const steps = [
    ...upTo(1, "validated", { amount: 900 }),
    ...upTo(2, "realised"),
    ...upTo(3, "measured"),
    ...upTo(4, "planned"),
    aStep(4, "withdrawn"),
    ...upTo(5, "validated"),
  ];
  return {
    format: 3,
    month: "2026-06",
    lines: [
      aLine(1),
      aLine(2, { lever: "L5", hours: null, amount: 250.5, fromMonth: "2026-03" }),
      aLine(3, { lever: "L7", amount: 400, hours: 5 }),
      aLine(4, { lever: "L6", hours: null }),
      aLine(5, { lever: "L3", fromMonth: "2024-01", amount: 70, hours: 3 }),
    ],
    steps: steps.map(({ evidence: _evidence, ...step }) => ({ ...step, evidenceHash: "0".repeat(64) })),
    fundings: [
      {
        line: 1,
        fromMonth: "2026-03",
        placements: [
          { purpose: "training", initiative: null, share: 0.25 },
          { purpose: "initiative", initiative: "layer", share: 0.5 },
        ],
      },
      { line: 2, fromMonth: "2026-05", placements: [{ purpose: "out-of-the-budget", initiative: null, share: 1 }] },
    ],
    actuals: [
      { costCentre: "4711", month: "2026-05", amount: 1000 },
      { costCentre: "4712", month: "2026-05", amount: 234.56 },
    ],
    caps: [
      { scope: "team:payments", bucket: "unplanned-rework", hours: 12 },
      { scope: "team:payments", bucket: "toil", hours: 400 },
    ],
    scopes: [
      { scope: "organisation", teams: ["payments"], within: ["organisation"] },
      { scope: "team:payments", teams: ["payments"], within: ["organisation", "team:payments"] },
    ],
    records: [
      {
        kind: "baseline",
        name: "Autumn",
        scope: "organisation",
        hash: "1".repeat(64),
        frozenOn: "2025-12-01",
        signerHash: "2".repeat(64),
        content: null,
      },
    ],
    teams: ["payments"],
    assumptions: [],
    costs: [],
    studies: [],
    interventions: [],
    initiatives: [],
    reckoning: null,
    evaluation: null,
    weeks: [],
    ...draft,
  };
}
