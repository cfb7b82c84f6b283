/** Every metric, in the order in which people read them. A new one is a file and a line here. */
import { batchSizeChanges, batchSizeCommits, integrationSize } from "./context/batch-size.ts";
import { integrationFrequency } from "./context/integration-frequency.ts";
import { patchSoonShare } from "./context/patch-soon-share.ts";
import { revertShare } from "./context/revert-share.ts";
import { timeBetweenDeployments } from "./context/time-between-deployments.ts";
import { changeFailRate } from "./dora/change-fail-rate.ts";
import { deploymentFrequency } from "./dora/deployment-frequency.ts";
import { leadTimeCommit } from "./dora/lead-time-commit.ts";
import { recoveryTime } from "./dora/recovery-time.ts";
import { reworkRate } from "./dora/rework-rate.ts";
import type { Metric } from "./metric.ts";

export const metrics: readonly Metric[] = [
  deploymentFrequency,
  leadTimeCommit,
  recoveryTime,
  changeFailRate,
  reworkRate,
  timeBetweenDeployments,
  batchSizeCommits,
  batchSizeChanges,
  patchSoonShare,
  revertShare,
  integrationFrequency,
  integrationSize,
];
