/** What the stand-in server can look at: much, little, nothing, trouble and malice. */
import type { Reply } from "#server/contract.ts";

import { aPlan, type Facts, factsOf, NOW, type Plan } from "./facts.ts";
import { nothingSaid } from "./programme.ts";
import { iso } from "./series.ts";

type Status = Reply<"/api/status">;
type Source = Status["sources"][number];

export interface Scenario {
  readonly facts: Facts;
  readonly sources: readonly Source[];
  readonly services: Status["services"];
  readonly teams: readonly (Group & { readonly parent: string | null })[];
  readonly systems: readonly Group[];
  readonly annotations: Reply<"/api/annotations">;
  readonly programme: Reply<"/api/programme">;
}

interface Group {
  readonly name: string;
  readonly owned: readonly string[];
}

const nobody = { teams: [], systems: [], annotations: [], programme: nothingSaid };

const git: Source = {
  source: "git:headway",
  name: "headway",
  host: "git",
  state: "ok",
  progress: null,
  startedAt: null,
  events: null,
  deriving: null,
  waiting: null,
  left: null,
  syncedAt: iso(NOW - 130_000),
  error: null,
  notices: [],
};
const RULE = "releases stand in for deployments (stable version tags)";
const ADVICE =
  "No tag here is a version, so nothing says what reached production. Tag releases as v1.2.3, or connect the host whose deployments should count.";

export const HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

export const scenarios = {
  one: looking([aPlan]),
  full: looking(
    [
      "payments",
      "ledger",
      "cards",
      "onboarding",
      "statements",
      "fx-rates",
      "limits",
      "mobile-app",
      "web-shell",
      "notifications",
      "audit-trail",
      "search",
    ].map((service, index) => ({
      ...aPlan,
      service,
      seed: index + 1,
      commitsPerDay: 0.5 + (index % 4),
      deploymentsPerWeek: 0.4 + (index % 5) * 1.1,
    })),
  ),
  teams: {
    ...looking(["payments", "ledger"].map((service, index) => ({ ...aPlan, service, seed: index + 1 }))),
    teams: [
      { name: "money", parent: null, owned: ["payments", "ledger"] },
      { name: "books", parent: "money", owned: ["ledger"] },
    ],
    systems: [{ name: "core banking", owned: ["ledger"] }],
  },
  little: looking([{ ...aPlan, days: 30, commitsPerDay: 0.5, deploymentsPerWeek: 0.9, seed: 3 }]),
  noReleases: looking([{ ...aPlan, deploymentsPerWeek: 0 }]),
  empty: { ...nobody, facts: { commits: [], deployments: [] }, sources: [], services: [] },
  never: {
    ...nobody,
    facts: { commits: [], deployments: [] },
    sources: [{ ...git, state: "never", syncedAt: null }],
    services: [],
  },
  collecting: looking([{ ...aPlan, days: 60 }], { ...git, state: "syncing", progress: 0.43, syncedAt: null }),
  deriving: looking([{ ...aPlan, days: 60 }], { ...git, state: "deriving", deriving: { done: 3, of: 40 } }),
  failed: looking([aPlan], {
    ...git,
    state: "failed",
    error: "The folder is no longer there, so nothing new can be read. Put it back, or start with another one.",
    notices: [
      {
        level: "warning",
        code: "shallow",
        message: "This is a shallow clone: older commits are missing. Run git fetch --unshallow.",
      },
    ],
  }),
  hostile: looking([
    {
      ...aPlan,
      service: `<b>shop</b> & "co"`,
      days: 200,
      nameOf: (index) => `${HOSTILE}${index}`,
      titleOf: (index) => `<script>alert(${index})</script> ${"x".repeat(200)}`,
    },
    {
      ...aPlan,
      service: "‮evil",
      seed: 9,
      days: 200,
      nameOf: (index) => `=HYPERLINK("${index}")`,
      titleOf: () => "</td></table><h1>gone</h1>",
    },
  ]),
} satisfies Record<string, Scenario>;

export function looking(plans: readonly Plan[], source: Source = git): Scenario {
  const each = plans.map((plan) => ({ plan, facts: factsOf(plan) }));
  return {
    ...nobody,
    facts: {
      commits: each.flatMap(({ facts }) => facts.commits),
      deployments: each.flatMap(({ facts }) => facts.deployments),
    },
    sources: [source],
    services: each.map(({ plan, facts }) => service(plan, facts)),
  };
}

function service(
  { service: name, deploymentsPerWeek }: Plan,
  { commits, deployments }: Facts,
): Status["services"][number] {
  const when = (at: number | undefined): string | null => (at === undefined ? null : iso(at));
  return {
    name,
    source: git.source,
    repository: name,
    url: null,
    branch: "main",
    rule: RULE,
    commits: commits.length,
    deployments: deployments.length,
    firstCommitAt: when(commits[0]?.at),
    lastCommitAt: when(commits.at(-1)?.at),
    firstDeployedAt: when(deployments[0]?.at),
    lastDeployedAt: when(deployments.at(-1)?.at),
    waiting: commits.filter(({ deployedAt }) => deployedAt === null).length,
    advice: deploymentsPerWeek === 0 ? ADVICE : null,
  };
}
