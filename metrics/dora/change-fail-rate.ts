import type { DeploymentMetric } from "../metric.ts";

export const changeFailRate: DeploymentMetric = {
  id: "change-fail-rate",
  title: "Change fail rate",
  of: "deployment",
  definition:
    "Share of successful production deployments that failed afterwards: by an incident, a rollback, a revert of what they first carried by another deployment within 7 × 24 h, or a hotfix, which is a change with a configured label or branch opened within 7 × 24 h after them, or a deployment that says it repairs them. A deployment fails once, whatever the number of signals.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "Tools that divide incidents by deployments can exceed 100 %; here it is deployments that failed. Where releases stand in for deployments no rollback is seen, and without incidents and a rule for hotfixes the only signal is the revert, so the true share is at least this.",
  factor: "instability",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, failedBy }) =>
    deployedAt === null || tier !== "production" ? null : { at: deployedAt, value: failedBy.length > 0 ? 1 : 0 },
};
