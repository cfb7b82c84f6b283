/** What the stand-in server knows of savings: reckoned from made-up weeks of two teams, one of which works in another way in the end. */
import { gradeOf } from "#metrics/programme/savings/caps.ts";
import { LEVER_WORDS } from "#metrics/programme/savings/result.ts";
import { savingsOf } from "#metrics/programme/savings/savings.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { toldFigures } from "#server/answers/savings-told.ts";
import { ADVICE, LEVER_DEFINITIONS, savingsSentence } from "#metrics/programme/savings/words.ts";
import { scenarios } from "#server/answers/savings-scenarios.ts";
import type { Reply } from "#server/contract.ts";
import { contract } from "#server/contract.ts";
import { anAssumption, aCost } from "#test/metrics/programme/declared.ts";
import { anInput, aTeamWeek, mondays, work } from "#test/metrics/programme/savings/weeks.ts";

const [BEFORE, NOW] = [mondays("2026-01-05", 26), mondays("2026-07-06", 13)];

const weeks: readonly TeamWeek[] = ["money", "cards"].flatMap((team, index) => [
  ...BEFORE.map((week, turn) =>
    aTeamWeek(week, {
      team,
      deployments: 6,
      recoveries: turn % 3 === index ? [5, 3] : [6],
      approvals: 5,
      returns: 9,
      work: work(0.28 + ((turn * 7) % 5) / 50),
      ciMinutes: { "GitHub-hosted: Linux": 4000 + turn * 20, "self-hosted: linux": 1000, "": 200 },
      downtime: turn % 4 === 0 ? { payments: 3 } : {},
      changes: 12,
      logLeadTime: Math.log(90),
    }),
  ),
  ...NOW.map((week, turn) =>
    aTeamWeek(week, {
      team,
      deployments: 14,
      recoveries: turn % 4 === index ? [2] : [],
      approvals: 1,
      returns: 4,
      work: work(0.12 + ((turn * 3) % 4) / 50),
      ciMinutes: { "GitHub-hosted: Linux": 2500, "self-hosted: linux": 2000, "": 200 },
      downtime: turn % 6 === 0 ? { payments: 1 } : {},
      changes: 18,
      logLeadTime: Math.log(30),
    }),
  ),
]);

const stated = (what: Parameters<typeof anAssumption>[0], value: number, low: number, high: number) =>
  anAssumption(what, value, { low, high });

const figures = savingsOf(
  anInput(weeks, {
    baseline: { from: "2026-01-05", to: "2026-07-06" },
    period: { from: "2026-07-06", to: "2026-10-05" },
    programme: {
      assumptions: [
        stated("rate", 78, 70, 90),
        stated("capacity", 230, 210, 250),
        stated("responders", 1.8, 1.2, 2.5),
        stated("ci-price", 0.012, 0.01, 0.016),
        { ...stated("ci-price", 0.003, 0.002, 0.004), id: "ci-own", of: "self-hosted" },
        stated("downtime", 4000, 2000, 9000),
        stated("delay", 9000, 4000, 15_000),
      ],
      costs: [aCost("licences", "2026-01", [9000, 9000, 9000, 9000, 9000, 9000, 7500, 7500, 7500, 7500])],
      timeStudies: [],
      interventions: [
        {
          id: "coaching",
          kind: "coaching",
          title: "Small batches",
          teams: ["money", "cards"],
          from: "2026-07-01",
          to: "2026-09-30",
          hours: 120,
          cost: 6000,
        },
      ],
      initiatives: [],
    },
    useCases: [{ id: "instant", before: 0.54, now: 0.18 }],
    units: {
      unit: "linked-issue",
      weeks: [...BEFORE, ...NOW].map((week) => ({ team: "money", week, units: 9, changes: 16, linked: 11 })),
    },
    draws: 400,
  }),
);

/** Of everything that can be measured. */
export const someSaved: Reply<"/api/savings"> = contract["/api/savings"].reply.parse({
  sentence: savingsSentence(figures, false),
  currency: "EUR",
  quarter: "2026-Q3",
  quarters: [
    { id: "2026-Q2", from: "2026-04-01", to: "2026-07-01", isOver: true },
    { id: "2026-Q3", from: "2026-07-01", to: "2026-10-01", isOver: true },
  ],
  programme: 3,
  figures: toldFigures(figures),
  effect: {
    method: "interrupted-time-series",
    why: "Fewer than 8 teams: each is held against its own past.",
    verdict: "not yet",
    saving: { mean: 0.06, low: -0.02, high: 0.13, p10: 0.01, p50: 0.06, p90: 0.11, atLeastLine: 0.16 },
    counts: { teams: 2, adopted: 2, notYet: 0, weeks: 40, teamWeeks: 80, missing: 1, leftOut: [] },
    checks: [
      { id: "placebo", passed: true, words: "Dates before adoption show no effect." },
      { id: "negative-control", passed: null, words: "No outcome is known that must not change." },
    ],
    byTime: [{ words: "Weeks 1 to 13", teamWeeks: 26, change: -0.06 }],
    byTeam: [],
    detectable: 0.14,
    earliest: "2027-03-01T00:00:00.000Z",
    words: {
      effect:
        "Not yet: with 90 % the saving lies between −2 % and 13 %, and only one of 14 % or more would have lifted it above 0 by now.",
      size: "As likely as not it is 6 % or more.",
      change: ["At least 3 teams that adopt later, so that others can be compared with them."],
    },
    draws: [],
  },
  leadTime: null,
  reconciliation: { months: ["2026-07"], actual: 90_000, explained: 81_000, difference: 9000, share: 0.1 },
  registered: {
    name: "Spring",
    frozenOn: "2026-03-20",
    scope: "organisation",
    baseline: "Start",
    outcome: "share of capacity lost to L1–L4, by team and week",
    evaluates: "lost-share",
    method: "interrupted-time-series",
    seed: 1,
  },
  deviations: ["The plan says that cards adopts on 2026-05-04, and it adopted on 2026-06-29."],
  baseline: { name: "Start", isFrozen: true, words: "The baseline “Start”, frozen before this period." },
  adoptions: [
    { team: "money", week: "2026-06-29", from: "intervention" },
    { team: "cards", week: "2026-06-29", from: "intervention" },
  ],
  ...gradeOf({ figures, effect: null, isFrozen: true, unexplained: null, unheld: 0 }),
  earliest: null,
  missing: [],
  advice: ADVICE,
  scenarios: scenarios(),
});

/** Before anybody said what an hour costs. */
export const nothingSaved: Reply<"/api/savings"> = contract["/api/savings"].reply.parse({
  ...someSaved,
  sentence: savingsSentence(null, false),
  figures: null,
  baseline: null,
  adoptions: [],
  ...gradeOf({ figures: null, effect: null, isFrozen: false, unexplained: null, unheld: 0 }),
  earliest: "2027-03-01T00:00:00.000Z",
  missing: [{ what: "Nothing has been collected.", todo: "headway sync" }],
});

export const aLeverAnswer: Reply<"/api/savings/lever"> = contract["/api/savings/lever"].reply.parse({
  lever: "L1",
  title: LEVER_WORDS.L1.title,
  definition: LEVER_DEFINITIONS.L1,
  currency: "EUR",
  weeks: [
    {
      team: "money",
      week: "2026-06-22",
      side: "before",
      capacity: 230,
      hours: 12.6,
      measured: "1 failure of 6 deployments, 6 h until all was well",
    },
    {
      team: "money",
      week: "2026-07-06",
      side: "now",
      capacity: 230,
      hours: 0,
      measured: "0 failures of 14 deployments, 0 h until all was well",
    },
  ],
  costs: [],
  items: [
    {
      kind: "deployment",
      id: "v1.4.0",
      service: "payments",
      url: null,
      title: "production",
      at: "2026-06-24T09:30:00.000Z",
      words: "6 h until all was well",
    },
  ],
});

/** Twenty draws about the line, evenly apart. */
export const someDraws: Reply<"/api/savings/draws"> = {
  quarter: "2026-Q3",
  currency: "EUR",
  seed: 1,
  draws: Array.from({ length: 20 }, (_, index) => {
    const netShare = 0.051 + index / 200;
    const [L1, L2, L3, L4, L5, L6, L7, L8] = [1, 2, 3, 4, 5, null, null, null];
    const levers = { L1, L2, L3, L4, L5, L6, L7, L8 } as const;
    const money = { gross: 3000, net: 1000, baselineCost: 20_000, programme: 2000, hours: 50, rate: 60 };
    return { draw: index + 1, grossShare: netShare + 0.1, netShare, cashShare: null, ...money, ...levers };
  }),
};

export const aPlanAnswer: Reply<"/api/savings/plan"> = contract["/api/savings/plan"].reply.parse({
  sentence: "Three waves, a quarter apart: after 2 quarters a saving of 10 % is seen in at least four of five worlds.",
  outcome: "lost-share",
  history: { to: "2026-06-29", weeks: 52, teams: ["money", "cards"] },
  order: ["cards", "money"],
  schedules: [
    {
      id: "three-waves",
      title: "Three waves, a quarter apart",
      words: "Three waves, a quarter apart: after 2 quarters a saving of 10 % is seen in at least four of five worlds.",
      dates: [
        { team: "cards", day: "2026-07-06" },
        { team: "money", day: "2026-10-05" },
      ],
      quarters: [
        { until: "2026-10-05", method: "interrupted-time-series", why: "Two teams.", detectable: 0.14, power: 0.6 },
        { until: "2027-01-04", method: "interrupted-time-series", why: "Two teams.", detectable: 0.09, power: 0.85 },
      ],
      record: null,
      earliest: "2027-01-04",
    },
  ],
  recommended: "three-waves",
  baseline: null,
  seed: 1,
  words: ["Let chance say which teams come first."],
  fiscalYearBegins: 1,
});
