/** What the demo organisation declares of its programme: written for it, as an office of transformation would write its own. */
import type { TeamTruth, Truth } from "#collectors/demo/truth.ts";
import { BUCKETS } from "#metrics/programme/assumptions.ts";
import { UNITS } from "#metrics/programme/savings/units.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { WEEK } from "#metrics/time.ts";
import { backbone } from "./demo-backbone.ts";
import { demoCosts, HOURS_EACH, paidBefore, RATE } from "./demo-costs.ts";
import { printProgramme, ProgrammeFile } from "./programme.ts";

/** What a team of the demo organisation changes when it adopts, by the practices that show it. */
const ADOPTED = ["small-batches", "review", "release-on-demand"] as const;

/** What each wave is for. */
const WAVE_USES = ["quote", "settle", "renew"] as const;

/** Who declares all of it. */
export const OFFICE = "Transformation office";

/** A file that reads as any programme does. */
export function demoProgramme(truth: Truth): string {
  const day = (share: number) => dayOf(Date.parse(truth.since) + share * truth.years * 52 * WEEK);
  return printProgramme(
    ProgrammeFile.parse({ ...backbone(day), ...course(truth, day), ...agreed(day), ...assumed(truth) }),
  );
}

/** When numbers are frozen that later ones are compared with: half a year before anybody began to change; `null`: nobody did. */
export function demoBaseline({ teams, since }: Truth): { readonly from: string; readonly to: string } | null {
  const [first] = teams.flatMap(({ adoptedOn }) => adoptedOn ?? []).toSorted();
  if (first === undefined) return null;
  // Of a short span nearly all: a dozen weeks are the least that can be compared with.
  const settled = Math.min(Date.parse(since) + 4 * WEEK, Date.parse(first) - 12 * WEEK);
  const from = Math.max(settled, Date.parse(first) - 26 * WEEK);
  return { from: dayOf(from), to: first };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Waves and adoption dates are those that are true; milestones are set where the first wave begins. */
function course({ teams, services }: Truth, day: (share: number) => string) {
  const adopting = teams.filter((team): team is TeamTruth & { adoptedOn: string } => team.adoptedOn !== null);
  const waves = [...new Set(adopting.map(({ wave }) => wave ?? 0))].toSorted((a, b) => a - b);
  return {
    waves: waves.map((wave, index) => {
      const own = adopting.filter((team) => team.wave === wave);
      return {
        id: `wave-${wave}`,
        title: `Wave ${wave}: ${own.map(({ name }) => name).join(", ")}`,
        useCase: WAVE_USES[index] ?? null,
        teams: own.map(({ name }) => name),
        from: own.map(({ adoptedOn }) => adoptedOn).toSorted()[0],
        practices: [...ADOPTED],
      };
    }),
    adoptions: adopting.flatMap(({ name, adoptedOn }) =>
      ADOPTED.map((practice) => ({ id: `${idOf(name)}-${practice}`, team: name, practice, day: adoptedOn })),
    ),
    ...asked(services, day),
  };
}

/** What is to be reached by when, and what is not asked of whom. */
function asked(services: Truth["services"], day: (share: number) => string) {
  const without = services.filter(({ known }) => known === "releases");
  return {
    milestones: [
      milestone(
        "lead-time",
        "Half of all changes in production within four days",
        "lead-time-change",
        300,
        96,
        day(0.95),
      ),
      milestone(
        "weekly",
        "A deployment a day and team, all together 150 a week",
        "deployment-frequency",
        25,
        150,
        day(1.3),
      ),
      milestone("failures", "At most one deployment in ten fails", "change-fail-rate", 0.2, 0.1, day(1.5)),
      milestone(
        "review",
        "Half of all changes are looked at within six hours",
        "time-to-first-review",
        24,
        6,
        day(0.7),
      ),
    ].map((one) => ({ ...one, setOn: day(0.25), owner: OFFICE })),
    exemptions: without.map(({ name }) => ({
      id: `${name}-infrastructure`,
      service: name,
      practice: "infrastructure-as-code",
      reason: "It runs on the phones of customers: there is no infrastructure of its own.",
      owner: "Mobile",
    })),
    drills: services
      .filter((service) => service.backbone === "bound")
      .flatMap(({ name }) =>
        [0.93, 0.99].map((share) => ({ id: `${name}-${day(share)}`, service: name, day: day(share) })),
      ),
  };
}

function milestone(id: string, title: string, metric: string, from: number, target: number, due: string) {
  return { id, title, metric, from, target, due, scope: "organisation" };
}

/** Who agreed to what, and what was done for the teams. */
function agreed(day: (share: number) => string) {
  const consent = (party: string, about: string, answer: string, share: number) => ({
    id: `${party}-${about}`,
    party,
    about,
    answer,
    day: day(share),
  });
  return {
    consents: [
      consent("sponsor", "programme", "agreed", 0.2),
      consent("finance", "programme", "agreed", 0.21),
      consent("works-council", "programme", "agreed", 0.23),
      consent("system-owner", "wave-3", "agreed", 0.74),
      consent("security", "wave-3", "asked", 0.75),
      consent("sponsor", "ledger-facade", "agreed", 0.8),
      consent("finance", "ledger-facade", "asked", 0.9),
    ],
    interventions: [
      intervention(
        "training-1",
        "training",
        "Small changes, reviewed the same day",
        ["Onboarding", "Quotes", "Claims"],
        day(0.24),
        day(0.26),
        336,
        42_000,
      ),
      intervention(
        "training-2",
        "training",
        "Small changes, reviewed the same day",
        ["Mobile", "Policies", "Payments"],
        day(0.44),
        day(0.46),
        352,
        42_000,
      ),
      intervention(
        "coaching",
        "coaching",
        "A coach in each team of the third wave",
        ["Self-service", "Ledger", "Integration"],
        day(0.75),
        day(0.85),
        190,
        66_000,
      ),
      intervention(
        "preview",
        "tooling",
        "An environment for each change of the portal",
        ["Self-service"],
        day(0.7),
        day(0.72),
        40,
        18_000,
      ),
      intervention(
        "year-end",
        "freeze",
        "Nothing is released while the year is closed",
        ["Ledger"],
        day(0.7),
        day(0.706),
        0,
        0,
      ),
    ],
  };
}

function intervention(
  id: string,
  kind: string,
  title: string,
  teams: readonly string[],
  from: string,
  to: string,
  hours: number,
  cost: number,
) {
  return { id, kind, title, teams, from, to, hours, cost };
}

/** What is assumed of every team alike: value, low and high. */
const ALIKE = [
  ["responders", 1.8, 1.2, 2.5],
  ["handling-cap", 8, 5, 12],
  ["manual-deployment", 1, 0.5, 2],
  ["approval", 0.25, 0.1, 0.5],
  ["return", 0.25, 0.15, 0.4],
  ["invisible-share", 0.3, 0.25, 0.35],
  ["downtime", 120, 50, 300],
  ["delay", 9000, 4000, 15_000],
] as const;

/** Where people said their hours went, as shares of all of them: of which team, how, and how many weeks before the first wave they began. */
const STUDIES = [
  ["time-study", 0, 20, [0.665, 0.03, 0.016, 0.004, 0.027, 0.258]],
  ["time-study", 5, 16, [0.69, 0.02, 0.012, 0.003, 0.021, 0.254]],
  ["survey", 9, 12, [0.65, 0.04, 0.015, 0.005, 0.03, 0.26]],
] as const;
const STUDY_WEEKS = 2;

/** What an hour costs and how many a team has. No salary is said: rates are of roles. */
function assumed(truth: Truth) {
  const { teams, since } = truth;
  const said = { source: "Controlling, plan of the year", owner: "Finance", validFrom: since };
  const [first] = teams.flatMap(({ adoptedOn }) => adoptedOn ?? []).toSorted();
  return {
    assumptions: [
      { id: "rate-engineer", what: "rate", of: "engineer", value: RATE, low: 72, high: 86, ...said },
      { id: "share-engineer", what: "role-share", of: "engineer", value: 1, low: 1, high: 1, ...said },
      ...ALIKE.map(([what, value, low, high]) => ({ id: what, what, value, low, high, ...said })),
      { id: "ci", what: "ci-price", value: 0.009, low: 0.008, high: 0.012, ...said },
      { id: "ci-hosted", what: "ci-price", of: "GitHub-hosted: Linux", value: 0.008, low: 0.006, high: 0.01, ...said },
      { id: "ci-own", what: "ci-price", of: "self-hosted", value: 0.004, low: 0.002, high: 0.006, ...said },
      ...teams.map(({ name, people }) => ({
        id: `capacity-${idOf(name)}`,
        what: "capacity",
        of: name,
        value: people * HOURS_EACH,
        low: people * (HOURS_EACH - 3),
        high: people * (HOURS_EACH + 3),
        ...said,
      })),
    ],
    costs: demoCosts(truth),
    timeStudies: first === undefined ? [] : studied(truth, first),
  };
}

/** Hours of all of a team together, of whole weeks in the time before. */
function studied({ teams }: Truth, first: string) {
  return STUDIES.flatMap(([kind, index, before, shares]) => {
    const team = teams[index];
    if (team === undefined) return [];
    const from = Date.parse(first) - before * WEEK;
    const all = team.people * HOURS_EACH * STUDY_WEEKS;
    return [
      {
        id: `${kind}-${idOf(team.name)}`,
        kind,
        team: team.name,
        from: dayOf(from),
        to: dayOf(from + STUDY_WEEKS * WEEK - 1),
        hours: BUCKETS.map((bucket, place) => ({ bucket, hours: Math.round(all * (shares[place] ?? 0)) })),
      },
    ];
  });
}

/** What finance freezes when the first team is about to begin: the half year before, and by which unit work is counted; `null`: nobody began. */
export function demoRecord(truth: Truth) {
  const days = demoBaseline(truth);
  if (days === null) return null;
  const weeks = (Date.parse(days.to) - Date.parse(days.from)) / WEEK;
  const people = sum(truth.teams.map((team) => team.people));
  return {
    kind: "baseline" as const,
    name: "Half a year before the first wave",
    scope: "organisation",
    ...days,
    categories: [
      { kind: "labour" as const, amount: Math.round(people * HOURS_EACH * RATE * weeks) },
      ...paidBefore(weeks),
    ],
    volume: { unit: UNITS["linked-issue"], amount: null },
    rates: [{ what: "rate" as const, of: "engineer", value: RATE }],
    hours: bucketsOf(people),
  };
}

/** What the buckets that lines take from held a month, as people said when they were asked. */
function bucketsOf(people: number) {
  const month = (people * HOURS_EACH * 52) / 12;
  return (["unplanned-rework", "toil"] as const).map((bucket) => {
    const shares = STUDIES.map(([, , , said]) => said[BUCKETS.indexOf(bucket)] ?? 0);
    return { bucket, hours: Math.round((month * sum(shares)) / shares.length) };
  });
}

function idOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
