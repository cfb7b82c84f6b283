import type { DeploymentMetric } from "../metric.ts";
import { lasting } from "../lasting.ts";

export const recoveryTime: DeploymentMetric = {
  id: "recovery-time",
  title: "Failed deployment recovery time",
  of: "deployment",
  definition:
    "Median time from a failed production deployment to the end of what it caused: its incidents resolved, else the rollback, else the deployment carrying the revert, else the one carrying the hotfix. Counted in the window of the failed deployment; one that has not recovered counts as lasting at least so long (Kaplan–Meier).",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "Time to restore service as others measure it averages all incidents, also those no deployment caused. Where releases stand in for deployments and nothing else is told, only a revert within seven days is seen, so long recoveries are missing.",
  factor: "throughput",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 2,
  counts: "failed deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, failedBy, recoveredAt }, view) =>
    deployedAt === null || tier !== "production" || failedBy.length === 0
      ? null
      : lasting(deployedAt, deployedAt, recoveredAt, view),
};
