/** The recent part of a history, as the store hands it over: what is open, what it is told by, and what is new. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { History } from "#metrics/history.ts";
import type { Known, RecentFacts } from "#metrics/recent.ts";
import { WHOLE } from "#metrics/rules.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import { usualRules } from "./builders.ts";

/** A whole repository by the usual rules. */
export const service = { name: "shop", rules: usualRules, part: WHOLE };
const LISTS = {
  commit: "commits",
  change: "changes",
  deployment: "deployments",
  incident: "incidents",
  pipeline: "pipelines",
} as const;
const KINDS = ["commit", "change", "deployment", "incident", "pipeline"] as const;

type Facts = Readonly<Record<(typeof KINDS)[number], ReadonlyMap<string, unknown>>>;

export function byId(facts: ServiceFacts): Facts {
  const map = (rows: readonly { readonly id: string }[]) => new Map(rows.map((row) => [row.id, row]));
  return {
    commit: new Map(facts.commits.map((fact) => [fact.sha, fact])),
    change: map(facts.changes),
    deployment: map(facts.deployments),
    incident: map(facts.incidents),
    pipeline: map(facts.pipelines),
  };
}

/** The ids that are new or different. */
export function news(before: History, after: History): Ids {
  return each((kind) => {
    const known = new Map(before[LISTS[kind]].map((event) => [event.id, JSON.stringify(event)]));
    return after[LISTS[kind]].filter((event) => known.get(event.id) !== JSON.stringify(event)).map(({ id }) => id);
  });
}

function each(ids: (kind: (typeof KINDS)[number]) => readonly string[]): Ids {
  return {
    commit: ids("commit"),
    change: ids("change"),
    deployment: ids("deployment"),
    incident: ids("incident"),
    pipeline: ids("pipeline"),
  };
}

export function recentOf(history: History, settled: Settled, fresh: Ids) {
  const ids = each((kind) => [...settled.open[kind], ...settled.edge[kind], ...fresh[kind]]);
  const among = <E extends { readonly id: string }>(events: readonly E[], kind: (typeof KINDS)[number]) =>
    events.filter(({ id }) => ids[kind].includes(id));
  return {
    settled,
    news: fresh,
    history: {
      ...history,
      commits: among(history.commits, "commit"),
      changes: among(history.changes, "change"),
      deployments: among(history.deployments, "deployment"),
      incidents: among(history.incidents, "incident"),
      pipelines: among(history.pipelines, "pipeline"),
    },
  };
}

export function answers(asked: Ids, stored: ServiceFacts): Known {
  const facts = byId(stored);
  const commits = stored.commits.filter(({ sha }) => asked.commit.includes(sha));
  return {
    commits: new Map(
      commits.map(({ sha, onDefaultBranch, integrated }) => [sha, { onDefaultBranch, isStep: integrated !== null }]),
    ),
    ids: each((kind) => asked[kind].filter((id) => facts[kind].has(id))),
  };
}

/** The stored facts with those of the recent part in their place. */
export function replaced(stored: ServiceFacts, { facts, of }: RecentFacts): Facts {
  const [before, recent] = [byId(stored), byId(facts)];
  const merged = (kind: (typeof KINDS)[number]) =>
    new Map([...[...before[kind]].filter(([id]) => !of[kind].includes(id)), ...recent[kind]]);
  return {
    commit: merged("commit"),
    change: merged("change"),
    deployment: merged("deployment"),
    incident: merged("incident"),
    pipeline: merged("pipeline"),
  };
}

/** The same whatever their order: entries by key. */
export const sorted = (facts: Facts) => KINDS.map((kind) => [...facts[kind]].toSorted(([a], [b]) => (a < b ? -1 : 1)));
