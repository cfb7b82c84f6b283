/** What each metric observes in the facts of some services. */
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import type { Instant } from "#metrics/time.ts";
import type { Facts } from "./memory.ts";

/** A fact with what it adds; only those that belong to the metric. */
export type Observed = { readonly observation: Observation } & (
  | { readonly kind: "commit"; readonly fact: CommitFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
);

interface Known {
  readonly until: Instant;
  readonly observed: readonly Observed[];
}

/** Per list of facts and metric: the same list gives the same observations until somebody looks again. */
const known = new WeakMap<readonly unknown[], Map<string, Known>>();

/** @returns ordered by time. */
export function observed(metric: Metric, facts: Facts, until: Instant): readonly Observed[] {
  const list = listOf(metric, facts);
  const ofList = known.get(list) ?? new Map<string, Known>();
  known.set(list, ofList);
  const before = ofList.get(metric.id);
  if (before?.until === until) return before.observed;
  const found = observe(metric, facts, until);
  ofList.set(metric.id, { until, observed: found });
  return found;
}

function listOf(metric: Metric, { deployments, deployed, committed }: Facts): readonly (CommitFact | DeploymentFact)[] {
  if (metric.of === "deployment") return deployments;
  return metric.clock === "deployedAt" ? deployed : committed;
}

function observe(metric: Metric, facts: Facts, until: Instant): readonly Observed[] {
  const found: Observed[] = [];
  if (metric.of === "deployment") {
    for (const fact of facts.deployments) {
      const observation = metric.observe(fact, until);
      if (observation !== null) found.push({ kind: "deployment", fact, observation });
    }
  } else {
    for (const fact of metric.clock === "deployedAt" ? facts.deployed : facts.committed) {
      const observation = metric.observe(fact, until);
      if (observation !== null) found.push({ kind: "commit", fact, observation });
    }
  }
  return found.sort((a, b) => a.observation.at - b.observation.at);
}
