import type { DeploymentMetric } from "../metric.ts";

export const firstDeploymentTime: DeploymentMetric = {
  id: "first-deployment-time",
  title: "Time to a new service's first deployment",
  of: "deployment",
  definition:
    "Median time from a service's first commit (its smallest author date) to its first production deployment, over the services whose first one lies in the window: one observation for each service. Unknown where the record of deployments begins later than the repository, or the history is cut off.",
  source: "https://dora.dev/capabilities/flexible-infrastructure/",
  differs:
    "No peer measures it, and the rule is ours. Services that were never deployed are not in it. Code that was moved here from elsewhere keeps its dates, and so has a longer past than its service.",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "service",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, previousDeployedAt, beganAt }, { hours }) =>
    deployedAt === null || tier !== "production" || previousDeployedAt !== null
      ? null
      : { at: deployedAt, value: hours(beganAt, deployedAt) },
};
