/** Facts by what they are and the instant by which they count. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "./facts.ts";
import type { Metric } from "./metric.ts";

/** Facts of each list, in order of its instant. */
export interface Facts {
  readonly deployments: readonly DeploymentFact[];
  readonly attempts: readonly DeploymentFact[];
  readonly deployed: readonly CommitFact[];
  readonly committed: readonly CommitFact[];
  readonly delivered: readonly ChangeFact[];
  readonly merged: readonly ChangeFact[];
  readonly opened: readonly ChangeFact[];
  readonly incidents: readonly IncidentFact[];
  readonly alerts: readonly AlertFact[];
  readonly fixedAlerts: readonly AlertFact[];
  readonly finishedRuns: readonly PipelineFact[];
  readonly breaks: readonly PipelineFact[];
}

export type ListName = keyof Facts;
export type FactOf<L extends ListName> = Facts[L][number];

/** The list of changes by the instant that counts. */
const CHANGES = { deployedAt: "delivered", mergedAt: "merged", openedAt: "opened" } as const;

/** The list of facts that a metric looks at. What it observes counts at the instant of the list. */
export function listOf(metric: Metric): ListName {
  switch (metric.of) {
    case "deployment":
      return "deployments";
    case "attempt":
      return "attempts";
    case "commit":
      return metric.clock === "deployedAt" ? "deployed" : "committed";
    case "change":
      return CHANGES[metric.clock];
    case "incident":
      return "incidents";
    case "alert":
      return metric.clock === "openedAt" ? "alerts" : "fixedAlerts";
    case "pipeline":
      return metric.clock === "finishedAt" ? "finishedRuns" : "breaks";
  }
}
