/** What each metric observes in the facts of some services. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import type { Instant } from "#metrics/time.ts";
import type { Facts } from "./memory.ts";
import { listOf } from "./memory.ts";

/** A fact with what it adds; only those that belong to the metric. */
export type Observed = { readonly observation: Observation } & (
  | { readonly kind: "commit"; readonly fact: CommitFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "incident"; readonly fact: IncidentFact }
  | { readonly kind: "alert"; readonly fact: AlertFact }
);

interface Known {
  readonly until: Instant;
  readonly observed: readonly Observed[];
}

/** Per list of facts and metric: the same list gives the same observations until somebody looks again. */
const known = new WeakMap<readonly unknown[], Map<string, Known>>();

/** @returns ordered by time. */
export function observed(metric: Metric, facts: Facts, until: Instant): readonly Observed[] {
  const list = facts[listOf(metric)];
  const ofList = known.get(list) ?? new Map<string, Known>();
  known.set(list, ofList);
  const before = ofList.get(metric.id);
  if (before?.until === until) return before.observed;
  const found = [...observe(metric, facts, until)].sort((a, b) => a.observation.at - b.observation.at);
  ofList.set(metric.id, { until, observed: found });
  return found;
}

function observe(metric: Metric, facts: Facts, until: Instant): Iterable<Observed> {
  switch (metric.of) {
    case "deployment":
      return each("deployment", facts.deployments, (fact) => metric.observe(fact, until));
    case "attempt":
      return each("deployment", facts.attempts, (fact) => metric.observe(fact, until));
    case "commit":
      return each("commit", metric.clock === "deployedAt" ? facts.deployed : facts.committed, (fact) =>
        metric.observe(fact, until),
      );
    case "change":
      return each("change", metric.clock === "deployedAt" ? facts.delivered : facts.merged, (fact) =>
        metric.observe(fact, until),
      );
    case "incident":
      return each("incident", facts.incidents, (fact) => metric.observe(fact, until));
    case "alert":
      return each("alert", metric.clock === "openedAt" ? facts.alerts : facts.fixedAlerts, (fact) =>
        metric.observe(fact, until),
      );
  }
}

function* each<Kind extends string, Fact>(
  kind: Kind,
  facts: readonly Fact[],
  observeOne: (fact: Fact) => Observation | null,
): Generator<{ kind: Kind; fact: Fact; observation: Observation }> {
  for (const fact of facts) {
    const observation = observeOne(fact);
    if (observation !== null) yield { kind, fact, observation };
  }
}
