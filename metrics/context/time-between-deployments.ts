import type { DeploymentMetric } from "../metric.ts";

export const timeBetweenDeployments: DeploymentMetric = {
  id: "time-between-deployments",
  title: "Time between deployments",
  of: "deployment",
  definition:
    "Median time from a service's previous production deployment to this one, counted in the window of the later one. The first deployment has none before it.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "DORA names it as the other reading of deployment frequency. Deployments in the same hour pull it down: read it beside the count.",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, previousDeployedAt }, { hours }) =>
    deployedAt === null || tier !== "production" || previousDeployedAt === null
      ? null
      : { at: deployedAt, value: hours(previousDeployedAt, deployedAt) },
};
