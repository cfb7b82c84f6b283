import type { DeploymentMetric } from "../metric.ts";

export const deploymentFrequency: DeploymentMetric = {
  id: "deployment-frequency",
  title: "Deployment frequency",
  of: "deployment",
  definition:
    "Successful production deployments, each counted at the time of its first success. Where releases stand in for deployments, each release counts at its date.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "DORA's survey asks for a category (on demand, daily, weekly …). GitLab divides by all days of the range, also those before the first deployment; Headway starts at the first deployment.",
  factor: "throughput",
  statistic: "count",
  unit: "deployments",
  better: "higher",
  version: 1,
  counts: "deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier }) =>
    deployedAt === null || tier !== "production" ? null : { at: deployedAt, value: 1 },
};
