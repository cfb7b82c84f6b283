/** What the people of the demo organisation say is saved: lines of their ledger, how far each has come, what shows it, and where it went. */
import type { Truth, TeamTruth } from "#collectors/demo/truth.ts";
import type { Step } from "#metrics/programme/savings/ledger/lines.ts";
import type { Placement } from "#metrics/programme/savings/ledger/placing.ts";
import type { LeverId } from "#metrics/programme/savings/result.ts";
import { monthAfter, weeksAfter } from "./demo-costs.ts";
import { OFFICE } from "./demo-programme.ts";

/** Who agrees, freezes and issues. */
export const FINANCE = "Controlling";

export interface DemoStep {
  readonly step: Step;
  readonly day: string;
  readonly actor: string;
  readonly evidence: string;
  /** Money a month from now on; `null`: as before, or hours. */
  readonly amount: number | null;
  /** Of the hours that were measured, how many finance agrees to; `null`: all. */
  readonly keeps: number | null;
}

export interface DemoFunding {
  readonly day: string;
  readonly actor: string;
  readonly placements: readonly Placement[];
  readonly reason: string;
}

export interface DemoLine {
  readonly title: string;
  readonly lever: LeverId;
  readonly owner: string;
  readonly scope: string;
  /** Those that work in the new way: their weeks are what is measured. */
  readonly teams: readonly string[];
  readonly day: string;
  readonly fromMonth: string;
  /** Money or hours a month, as they were first thought. */
  readonly amount: number | null;
  readonly hours: number | null;
  readonly steps: readonly DemoStep[];
  readonly fundings: readonly DemoFunding[];
}

/** Weeks after the day that a line is about. */
type Told = readonly [step: Step, weeks: number, evidence: string, what?: { amount?: number; keeps?: number }];
type Went = readonly [weeks: number, placements: readonly Placement[], reason: string];

interface Written extends Pick<DemoLine, "title" | "lever" | "owner" | "scope"> {
  /** The wave with which it begins, and how many weeks after that somebody thought of it and it first saved something. */
  readonly wave: number;
  readonly thought: number;
  readonly begins: number;
  readonly amount?: number;
  readonly hours?: number;
  readonly steps: readonly Told[];
  readonly fundings?: readonly Went[];
}

const to = (purpose: Exclude<Placement["purpose"], "initiative">, share: number): Placement => ({
  purpose,
  initiative: null,
  share,
});
const paysFor = (initiative: string, share: number): Placement => ({ purpose: "initiative", initiative, share });

/** Four fifths, since the first quarters of something new are its best. */
const CAREFUL = 0.8;

const LINES: readonly Written[] = [
  {
    title: "Licences of two tools for releasing are given back",
    lever: "L6",
    owner: "Head of Customers",
    scope: "team:Customers",
    wave: 1,
    thought: -8,
    begins: 4,
    amount: 1200,
    steps: [
      ["planned", -2, "Both contracts can be ended within a quarter."],
      ["implemented", 5, "Notices of 40 seats, confirmed by the vendor."],
      ["measured", 14, "Invoices: 9,800 a month before, 8,600 since.", { amount: 1200 }],
      ["validated", 16, "Cost centre 6100 in the books of three months."],
      ["realised", 20, "Taken out of the budget of the cost centre."],
      ["sustained", 47, "Half a year later nobody has bought them back."],
    ],
    fundings: [
      [20, [to("out-of-the-budget", 1)], "Nothing else had been decided."],
      [
        60,
        [to("out-of-the-budget", 0.25), paysFor("pipeline", 0.75)],
        "The board wants what is saved to pay for the pipeline.",
      ],
    ],
  },
  {
    title: "Failures of claims, policies and payments are put right the same day",
    lever: "L1",
    owner: "Head of Operations",
    scope: "team:Operations",
    wave: 1,
    thought: 1,
    begins: 34,
    hours: 35,
    steps: [
      ["planned", 4, "On call by team and no longer by shift, agreed with the works council."],
      ["implemented", 33, "The last of the three teams has its own rota."],
      ["measured", 54, ""],
      ["validated", 56, "Four fifths of it: the first quarters after a change are the best.", { keeps: CAREFUL }],
      ["realised", 60, "Hours are in the plan of the three teams."],
      ["sustained", 88, "Failures of the last half year look the same."],
    ],
    fundings: [[58, [to("training", 0.5), to("less-overtime", 0.5)], "Asked for by the teams themselves."]],
  },
  {
    title: "Operations releases by pipeline, nobody by hand",
    lever: "L3",
    owner: "Head of Operations",
    scope: "team:Operations",
    wave: 2,
    thought: -5,
    begins: 9,
    hours: 40,
    steps: [
      ["planned", 0, "The pipeline of Claims is copied for Policies and Payments."],
      ["implemented", 8, "The list of manual steps is empty but for bank files."],
      ["measured", 28, ""],
      ["validated", 30, "Four fifths of it, as with the other line of Operations.", { keeps: CAREFUL }],
      ["realised", 34, "Hours are in the plan of the three teams."],
      ["sustained", 62, "Releases of the last half year look the same."],
    ],
    fundings: [[33, [to("new-value", 0.7), paysFor("ledger-facade", 0.3)], "Quotes and small claims first."]],
  },
  {
    title: "A partner tests less on Fridays",
    lever: "L6",
    owner: "Head of Operations",
    scope: "team:Operations",
    wave: 2,
    thought: -4,
    begins: 4,
    amount: 5000,
    steps: [
      ["planned", 0, "The frame contract can be lowered each quarter."],
      ["implemented", 6, "Order for one tester less."],
      ["measured", 18, "Invoices: 14,000 a month before, 10,500 since.", { amount: 3500 }],
      ["validated", 20, "Cost centre 6200 in the books of three months."],
      ["realised", 26, "Taken out of the frame contract."],
    ],
    fundings: [[26, [paysFor("pipeline", 0.6)], "The rest is to be decided with the next budget."]],
  },
  {
    title: "Customers releases by pipeline, nobody by hand",
    lever: "L3",
    owner: "Head of Customers",
    scope: "team:Customers",
    wave: 2,
    thought: -4,
    begins: 9,
    hours: 30,
    steps: [
      ["planned", 1, "Onboarding and Quotes first, Mobile with its next release."],
      ["implemented", 8, "Onboarding and Quotes release by themselves."],
      ["measured", 28, ""],
      [
        "rejected",
        31,
        "Of Mobile nothing was measured, and the line says nobody does it by hand there either. Measure another quarter, or leave Mobile out.",
      ],
      ["measured", 56, ""],
    ],
  },
  {
    title: "Reviews within six hours, nobody comes back to cold work",
    lever: "L4",
    owner: "Head of Customers",
    scope: "team:Customers",
    wave: 1,
    thought: 2,
    begins: 36,
    hours: 25,
    steps: [
      ["planned", 6, "An hour for reviews after lunch, each day."],
      ["implemented", 35, "In the calendar of all four teams."],
      ["measured", 58, ""],
    ],
  },
  {
    title: "Claims and payments stand still for fewer hours",
    lever: "L7",
    owner: "Head of Operations",
    scope: "team:Operations",
    wave: 2,
    thought: 0,
    begins: 10,
    amount: 8000,
    steps: [
      ["planned", 3, "Health checks and a way back for each release."],
      ["implemented", 10, "Both are there for claims and payments."],
      ["measured", 32, "The claims desk counts 16,000 a month before and 11,000 since.", { amount: 5000 }],
      ["rejected", 35, "The desk's count is an estimate of one person. Show it in claims that were paid late."],
    ],
  },
  {
    title: "Quotes reach customers days sooner",
    lever: "L8",
    owner: "Product lead of quotes",
    scope: "system:Customer channels",
    wave: 2,
    thought: -6,
    begins: 9,
    amount: 12_000,
    steps: [
      ["planned", 0, "Which features wait for a release, and what each is worth, by sales."],
      ["implemented", 8, "Quotes are released on demand."],
      ["measured", 45, "Four features sooner by a week each, at what sales say a week is worth.", { amount: 9000 }],
      ["validated", 50, "Half of it: sales says what a week is worth, and nobody has checked that.", { amount: 4500 }],
    ],
    fundings: [[51, [to("new-value", 1)], "It is not cash, and is nobody's budget."]],
  },
  {
    title: "Fewer fixes of fixes",
    lever: "L2",
    owner: "Head of Foundation",
    scope: "team:Foundation",
    wave: 3,
    thought: -2,
    begins: 9,
    hours: 20,
    steps: [
      ["planned", 2, "Smaller changes, each with a test that failed before."],
      ["implemented", 8, "Ledger and Integration work like this."],
      ["measured", 31, ""],
    ],
  },
  {
    title: "Environments for tests sleep at night",
    lever: "L5",
    owner: "Head of Foundation",
    scope: "team:Foundation",
    wave: 3,
    thought: 6,
    begins: 44,
    amount: 2400,
    steps: [["planned", 14, "An eighth of 18,500 a month, once the night runs are moved."]],
  },
  {
    title: "Bookings are approved by rule",
    lever: "L3",
    owner: "Ledger",
    scope: "team:Ledger",
    wave: 3,
    thought: 28,
    begins: 46,
    hours: 15,
    steps: [],
  },
];

/** Empty where nobody adopts anything. */
export function demoLedger({ teams }: Truth): readonly DemoLine[] {
  return LINES.flatMap((line) => {
    const first = firstDay(teams, line.wave);
    return first === null ? [] : [lineOf(line, teams, first)];
  });
}

/** The day on which the first team of a wave begins; `null`: none does. */
export function firstDay(teams: readonly TeamTruth[], wave: number): string | null {
  return teams.flatMap((team) => (team.wave === wave ? (team.adoptedOn ?? []) : [])).toSorted()[0] ?? null;
}

function lineOf(
  { title, lever, owner, scope, wave, thought, begins, amount, hours, steps, fundings = [] }: Written,
  teams: readonly TeamTruth[],
  first: string,
): DemoLine {
  const on = (weeks: number) => weeksAfter(first, weeks);
  return {
    title,
    lever,
    owner,
    scope,
    // The third wave began so late that a line of an earlier one does not speak of it.
    teams: teams.flatMap((team) =>
      scope === `team:${team.group}` && team.wave !== null && (team.wave === 3) === (wave === 3) ? [team.name] : [],
    ),
    day: on(thought),
    fromMonth: monthAfter(on(begins), 0),
    amount: amount ?? null,
    hours: hours ?? null,
    steps: steps.map(([step, weeks, evidence, what = {}]) => ({
      step,
      day: on(weeks),
      actor: step === "validated" || step === "rejected" ? FINANCE : step === "measured" ? OFFICE : owner,
      evidence,
      amount: what.amount ?? null,
      keeps: what.keeps ?? null,
    })),
    fundings: fundings.map(([weeks, placements, reason]) => ({ day: on(weeks), actor: OFFICE, placements, reason })),
  };
}
