/** A company in which something stands in every table that people write, so that no question is answered from nothing. */
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { aFinding, anAssumption, anInitiative, aSystem, aUseCase } from "#test/metrics/programme/declared.ts";
import { anAlert, anIncident } from "./builders.ts";
import { times } from "./daily-work.ts";
import { at } from "./fake-host.ts";
import type { Headway } from "./headway.ts";
import { aHeadway, told } from "./headway.ts";
import type { Known } from "./inputs.ts";
import { agree, declare, weeksOfOneTeam } from "./one-team.ts";
import type { Headers } from "./people.ts";
import { loggedIn, withScope } from "./people.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface WholeCompany extends Headway {
  /** The headers of an administrator, and of a program that pushes. */
  readonly admin: Headers;
  readonly pusher: Headers;
}

const SHA = "abcdef0123456789abcdef0123456789abcdef01";

/** By what things in it are called: questions and orders that name them find something. */
export const CALLED: Known = {
  service: ["acme/shop"],
  services: ["acme/shop"],
  repository: ["acme/shop"],
  scope: ["organisation", "team:money", "system:tills"],
  team: ["money"],
  teams: ["money"],
  system: ["tills"],
  systems: ["tills"],
  about: ["programme", "first"],
  metric: ["lead-time-commit", "deployment-frequency"],
  practice: ["trunk-based"],
  practices: ["trunk-based"],
  part: ["branch-lifetime"],
  useCase: ["instant"],
  wave: ["first"],
  from: ["2026-01-05", "2025-09-01"],
  to: ["2026-04-06", "2026-06-29"],
  start: ["2026-06-30"],
  week: ["2026-06-22", "2026-01-05"],
  day: ["2026-05-05"],
  at: ["2026-06-29"],
  by: ["2028"],
  month: ["2026-05"],
  fromMonth: ["2026-05"],
  quarter: ["2026-Q1", "2026-Q2"],
  baseline: ["Autumn"],
  against: ["Before"],
  name: ["Before", "Autumn", "Plan", "Bob", "grafana"],
  outcome: ["reached", "lost share of capacity"],
  answers: [4],
  key: ["instant", "culture", "leadership"],
  id: ["1", 1, "d-3", "i-1", "a", "half"],
  line: [1],
  follows: [0, 5, 11],
  q: ["shop", "3"],
  sha: [SHA],
  commit: [SHA],
  environment: ["production"],
  specversion: ["1.0"],
  type: ["dev.cdevents.service.deployed.0.1.1"],
  path: ["delivery", "delivery?scope=team:money"],
  text: ["costCentre,month,amount\n4711,2026-05,1300\n", "vision: { sentence: Faster }\n"],
  actor: ["Ada"],
};

const signed = { actor: "Ada" };
const config = {
  ...told,
  services: [{ name: "acme/shop", team: "money", system: "tills", releaseClass: "cloud" }],
};

const events = [
  ...weeksOfOneTeam("2025-09-01", [...times(20, 50), ...times(23, 4)]),
  anIncident("i-1", at("2026-05-04"), { resolvedAt: at("2026-05-04") + HOUR }),
  anAlert("a", at("2026-05-01"), { severity: "high" }),
];

const BASELINE = {
  kind: "baseline",
  name: "Autumn",
  scope: "organisation",
  from: "2025-09-01",
  to: "2025-12-29",
  categories: [{ kind: "labour", amount: 272_000 }],
};
const PLAN = {
  kind: "plan",
  name: "Plan",
  scope: "organisation",
  baseline: "Autumn",
  outcome: "lost share of capacity",
  method: "interrupted-time-series",
  schedule: [{ wave: "first", teams: ["money"], from: "2026-01-05" }],
  seed: 9,
};
const LINE = {
  title: "Fewer reruns",
  lever: "L2",
  owner: "Payments",
  scope: "team:money",
  fromMonth: "2026-03",
  amount: 5000,
  hours: 80,
};

const DECLARED: readonly (readonly [string, object])[] = [
  ["systems", aSystem("tills", { element: "integration" })],
  ["assessment", aFinding("tills")],
  ["useCases", aUseCase("instant", { systems: ["tills"], services: ["acme/shop"] })],
  ["initiatives", anInitiative("abstract-it", { systems: ["tills"] })],
  ["assumptions", anAssumption("rate", 80)],
  ["assumptions", anAssumption("capacity", 200, { of: "money", id: "capacity" })],
  ["waves", { id: "first", title: "First", useCase: "instant", teams: ["money"], from: "2026-01-05" }],
  ["adoptions", { id: "trunk", team: "money", practice: "trunk-based", day: "2026-01-05" }],
  [
    "milestones",
    {
      id: "half",
      title: "Half the lead time",
      owner: "Office",
      metric: "lead-time-commit",
      setOn: "2026-01-05",
      target: 20,
      due: "2026-12-31",
    },
  ],
  ["drills", { id: "restore", service: "acme/shop", day: "2026-05-05" }],
];

/** What people did, in this order; each with the path by which they did it. */
const DONE: readonly (readonly [string, object])[] = [
  ["/api/baselines/freeze", { name: "Before", from: "2025-09-01", to: "2026-01-05" }],
  ["/api/judgements/add", { kind: "note", from: "2026-05-05", to: "2026-05-06", reason: "We moved." }],
  ["/api/experiments/add", { metric: "lead-time-commit", target: 2, weeks: 8, tries: "Smaller changes" }],
  ["/api/reviews/freeze", { minutes: "We looked at the gate.", decisions: ["Go on."], save: true }],
  ["/api/ledger/add", LINE],
  ["/api/ledger/move", { line: 1, step: "planned", follows: 0, evidence: "Looked at." }],
  ["/api/ledger/move", { line: 1, step: "implemented", follows: 1, evidence: "Looked at." }],
  ["/api/ledger/move", { line: 1, step: "measured", follows: 2, evidence: "Looked at." }],
  ["/api/ledger/add", { ...LINE, title: "Fewer waits", lever: "L1" }],
  ["/api/ledger/move", { line: 2, step: "planned", follows: 0, evidence: "Looked at." }],
  ["/api/ledger/move", { line: 2, step: "implemented", follows: 1, evidence: "Looked at." }],
  ["/api/ledger/move", { line: 2, step: "measured", follows: 2, evidence: "Looked at." }],
  ["/api/savings/records/freeze", { record: BASELINE }],
  ["/api/savings/records/freeze", { record: PLAN }],
  ["/api/savings/actuals/import", { text: "costCentre,month,amount\n4711,2026-05,1200\n", save: true }],
  ["/api/savings/statements/issue", { month: "2026-04" }],
];

/** What nothing is answered without, by path: of what is there. */
export const QUESTIONS: Readonly<Record<string, Fields>> = {
  "/api/agreement": { stage: "pickup", hours: 24 },
  "/api/rows": { metric: "deployment-frequency" },
  "/api/series": { each: "team", metric: "deployment-frequency" },
  "/api/rules/preview": { service: "acme/shop" },
  "/api/item": { kind: "deployment", service: "acme/shop", id: "d-3" },
  "/api/search": { q: "shop" },
  "/api/experiments/promise": { metric: "lead-time-commit", target: 2, weeks: 8 },
  "/api/baseline": { name: "Before" },
  "/api/progress/service": { service: "acme/shop" },
  "/api/progress/rows": {
    service: "acme/shop",
    practice: "trunk-based",
    part: "branch-lifetime",
    week: "2026-06-08",
  },
  "/api/review": { id: 1 },
  "/api/savings/statement": { month: "2026-04" },
  "/api/savings/draws": { seed: "2" },
  "/api/savings/lever": { lever: "L2" },
  "/api/backbone/waits": { system: "tills" },
  "/api/leadership/sheet": { format: "md" },
};

const step = { evidence: "Looked at.", ...signed };
const because = { reason: "It was another one.", ...signed };

/** What somebody may still do in it, by path, each once. */
export const ORDERS: Readonly<Record<string, Fields>> = {
  "/api/baselines/freeze": { name: "Spring", from: "2026-01-05", to: "2026-04-06", ...signed },
  "/api/baselines/withdraw": { name: "Before", ...because },
  "/api/judgements/add": { kind: "days", from: "2026-05-05", ...because },
  "/api/judgements/reverse": { id: 1, ...because },
  "/api/experiments/add": { metric: "lead-time-commit", target: 1, weeks: 8, tries: "Pairs", ...signed },
  "/api/experiments/withdraw": { id: 1, ...because },
  "/api/programme/set": {
    change: { list: "drills", thing: { id: "fire", service: "acme/shop", day: "2026-06-01" } },
    follows: 11,
    ...because,
  },
  "/api/programme/remove": { list: "drills", key: "fire", follows: 12, ...because },
  "/api/programme/import": { text: "vision: { sentence: Faster }\n", save: true, follows: 13, ...because },
  "/api/programme/costs/import": {
    text: "kind,title,month,amount\nlicences,Scanner,2026-04,900\n",
    save: true,
    ...signed,
  },
  "/api/reviews/freeze": { minutes: "We met.", decisions: ["Go on."], save: true, ...signed },
  "/api/assessments/add": { team: "money", quarter: "2026-Q2", role: "product", answers: { culture: 3 } },
  "/api/ledger/add": { ...LINE, lever: "L3", ...signed },
  "/api/ledger/move": { line: 1, step: "realised", follows: 4, ...step },
  "/api/ledger/validate": { line: 2, step: "rejected", follows: 3, ...step, actor: "Finance" },
  "/api/ledger/withdraw": { line: 2, follows: 4, ...because },
  "/api/ledger/fund": { line: 1, follows: 1, fromMonth: "2026-05", placements: [], ...because },
  "/api/savings/records/freeze": { record: { ...BASELINE, name: "Again" }, ...signed },
  "/api/savings/records/withdraw": { name: "Plan", ...because },
  "/api/savings/actuals/import": { text: "costCentre,month,amount\n4711,2026-05,1300\n", save: true, ...signed },
  "/api/savings/statements/issue": { month: "2026-05", actor: "Finance" },
  "/api/tokens/add": { name: "scanner", scope: "push", days: 1 },
  "/api/tokens/revoke": { name: "grafana" },
  "/api/shares/add": { path: "delivery?scope=team:money", days: 2 },
  "/api/shares/end": { id: 1 },
  "/api/users/add": { name: "Cleo", role: "viewer" },
  "/api/users/invite": { name: "Cleo" },
  "/api/users/role": { name: "Cleo", role: "finance" },
  "/api/users/teams": { name: "Cleo", teams: ["money"] },
  "/api/users/remove": { name: "Cleo" },
  "/api/users/sessions/end": { id: 2 },
  "/api/logout": {},
  "/api/deployments": { service: "acme/shop", sha: SHA, environment: "production", status: "success" },
  "/api/incidents": { service: "acme/shop", id: "i-2", startedAt: "2026-06-01T08:00:00Z" },
  "/api/alerts": { service: "acme/shop", id: "a-2", scan: "dependency", severity: "high" },
};

/** Stopped when the test ends. It is noon on the last day of June 2026. */
export async function aWholeCompany(now: () => Instant = () => at("2026-06-30T12:00")): Promise<WholeCompany> {
  const headway = await aHeadway({ config, tells: [events], now });
  const done = async (path: string, body: object, headers: Headers = {}): Promise<void> => {
    const answer = await headway.post(path, body, headers);
    if (answer.status !== 200) throw new Error(`${path} ${JSON.stringify(body)}: ${answer.text}`);
  };
  for (const [list, thing] of DECLARED) await declare(headway, list, thing);
  await agree(headway, "sponsor");
  for (const [path, body] of DONE) await done(path, { ...body, ...signed });
  await done("/api/ledger/validate", {
    line: 1,
    step: "validated",
    follows: 3,
    evidence: "In the books.",
    actor: "Finance",
  });
  const fund = { line: 1, follows: 0, fromMonth: "2026-04", placements: [] };
  await done("/api/ledger/fund", { ...fund, ...signed });
  await done("/api/assessments/add", { team: "money", quarter: "2026-Q2", role: "team", answers: { culture: 4 } });
  const { installation } = headway;
  const admin = await loggedIn(installation, "admin", "Ada");
  await loggedIn(installation, "lead", "Bob");
  await done("/api/shares/add", { path: "delivery", days: 1 }, admin);
  await done("/api/tokens/add", { name: "grafana", scope: "read", days: 1 }, admin);
  return { ...headway, admin, pusher: await withScope(installation, "push") };
}
