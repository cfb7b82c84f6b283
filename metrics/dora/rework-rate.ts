import type { DeploymentMetric } from "../metric.ts";

export const reworkRate: DeploymentMetric = {
  id: "rework-rate",
  title: "Deployment rework rate",
  of: "deployment",
  definition:
    "Share of successful production deployments that were made to repair: rollbacks, deployments that first carry a revert or a hotfix (a change with a configured label or branch), and deployments marked as a fix.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "DORA asks for unplanned deployments made because of an incident; a planned repair cannot be told from one in a git history.",
  factor: "instability",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, isRework }) =>
    deployedAt === null || tier !== "production" ? null : { at: deployedAt, value: isRework ? 1 : 0 },
};
