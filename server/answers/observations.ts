/** What each metric observes in a window, from the facts of some services. Facts are read once, whatever the number of metrics. */
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Store } from "../store/store.ts";
import type { Place } from "../store/fact-rows.ts";

export interface Facts {
  readonly deployments: readonly DeploymentFact[];
  readonly deployed: readonly CommitFact[];
  readonly committed: readonly CommitFact[];
}

/** Only the facts that these metrics look at are read. */
export async function readFacts(
  store: Store,
  places: readonly Place[],
  wanted: readonly Metric[],
  window: Window,
): Promise<Facts> {
  const uses = (clock: "deployedAt" | "committedAt") =>
    wanted.some((metric) => metric.of === "commit" && metric.clock === clock);
  return {
    deployments: wanted.some(({ of }) => of === "deployment") ? await store.deployments(places, window) : [],
    deployed: uses("deployedAt") ? await store.commits(places, "deployedAt", window) : [],
    committed: uses("committedAt") ? await store.commits(places, "committedAt", window) : [],
  };
}

/** A fact with what it adds; only those that belong to the metric. */
export type Observed = { readonly observation: Observation } & (
  | { readonly kind: "commit"; readonly fact: CommitFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
);

/** @returns ordered by time. */
export function observed(metric: Metric, facts: Facts, until: Instant): readonly Observed[] {
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
