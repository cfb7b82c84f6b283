/** Weeks of teams for tests: what a test is not about has a value that changes nothing. */
import type { Assumption } from "#metrics/programme/assumptions.ts";
import type { SavingsInput } from "#metrics/programme/savings/prepared.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { anAssumption, aTimeStudy } from "#test/metrics/programme/declared.ts";

/** All of the work is new unless a test says otherwise. */
export function aTeamWeek(week: string, rest: Partial<TeamWeek> = {}): TeamWeek {
  return {
    team: "orders",
    week,
    recoveries: [],
    deployments: 0,
    manualDeployments: 0,
    approvals: 0,
    returns: 0,
    work: work(0),
    ciMinutes: {},
    downtime: {},
    changes: 0,
    logLeadTime: null,
    ...rest,
  };
}

/** Of five days: the share that went into rework. */
export function work(rework: number): NonNullable<TeamWeek["work"]> {
  return {
    "new-value": 5 * (1 - rework),
    "planned-maintenance": 0,
    "unplanned-rework": 5 * rework,
    "security-remediation": 0,
  };
}

/** That many weeks from a Monday on. */
export function mondays(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * 7 * 86_400_000).toISOString().slice(0, 10),
  );
}

/** A team of 100 productive hours a week at 50 an hour, of which everything is visible and known for sure. */
export const CERTAIN: readonly Assumption[] = [
  anAssumption("rate", 50),
  anAssumption("capacity", 100),
  anAssumption("responders", 2),
  anAssumption("handling-cap", 1000),
  anAssumption("manual-deployment", 1),
  anAssumption("approval", 0.5),
  anAssumption("return", 0.25),
  anAssumption("invisible-share", 0),
];

/** Beside what is certain, one study of where the hours of the four weeks before went. */
export const STUDIED: SavingsInput["programme"] = {
  assumptions: CERTAIN,
  costs: [],
  timeStudies: [aTimeStudy("orders", { "new-value": 40 }, { from: "2026-01-05", to: "2026-02-01" })],
  interventions: [],
  initiatives: [],
};

/** Four weeks then and four now. */
export function anInput(weeks: readonly TeamWeek[], rest: Partial<SavingsInput> = {}): SavingsInput {
  return {
    weeks,
    baseline: { from: "2026-01-05", to: "2026-02-02" },
    period: { from: "2026-02-02", to: "2026-03-02" },
    programme: { assumptions: CERTAIN, costs: [], timeStudies: [], interventions: [], initiatives: [] },
    useCases: [],
    units: null,
    paidBy: "months",
    effect: null,
    draws: 40,
    seed: 1,
    ...rest,
  };
}
