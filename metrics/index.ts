/** Every metric, in the order in which people read them. A new one is a file and a line here. */
import { alertRemediationTime, alertsOpened } from "./context/alerts.ts";
import { batchSizeChanges, batchSizeCommits, integrationSize } from "./context/batch-size.ts";
import { integrationFrequency } from "./context/integration-frequency.ts";
import { changeSize } from "./context/change-size.ts";
import { cycleTime } from "./context/cycle-time.ts";
import { directPushShare } from "./context/direct-push-share.ts";
import { firstDeploymentTime } from "./context/first-deployment-time.ts";
import { flowEfficiency } from "./context/flow-efficiency.ts";
import { incidentRecoveryTime } from "./context/incident-recovery-time.ts";
import { timeToFirstReview, timeToMerge } from "./context/opened.ts";
import { outsideHoursShare } from "./context/outside-hours-share.ts";
import { patchSoonShare } from "./context/patch-soon-share.ts";
import {
  approvalWait,
  pipelineDuration,
  pipelineFlakiness,
  pipelineQueueTime,
  pipelineSuccessRate,
  timeToGreen,
} from "./context/pipelines.ts";
import { releaseTrainShare, trainChangeShare } from "./context/release-trains.ts";
import { repairShare } from "./context/repair-share.ts";
import { revertShare } from "./context/revert-share.ts";
import { reviewRounds, secondRoundShare } from "./context/review-rounds.ts";
import { stageCoding, stageDeploy, stagePickup, stageReview } from "./context/stages.ts";
import { timeBetweenDeployments } from "./context/time-between-deployments.ts";
import { unreviewedShare } from "./context/unreviewed-share.ts";
import { unsuccessfulAttempts } from "./context/unsuccessful-attempts.ts";
import { changeFailRate } from "./dora/change-fail-rate.ts";
import { deploymentFrequency } from "./dora/deployment-frequency.ts";
import { leadTimeChange, leadTimeMerge, leadTimeProposal, leadTimeRequest } from "./dora/lead-time-change.ts";
import { leadTimeCommit } from "./dora/lead-time-commit.ts";
import { recoveryTime } from "./dora/recovery-time.ts";
import { reworkRate } from "./dora/rework-rate.ts";
import type { Metric } from "./metric.ts";

export const metrics: readonly Metric[] = [
  deploymentFrequency,
  leadTimeChange,
  leadTimeCommit,
  recoveryTime,
  changeFailRate,
  reworkRate,
  leadTimeProposal,
  leadTimeMerge,
  leadTimeRequest,
  cycleTime,
  timeToFirstReview,
  timeToMerge,
  stageCoding,
  stagePickup,
  stageReview,
  stageDeploy,
  flowEfficiency,
  unreviewedShare,
  reviewRounds,
  secondRoundShare,
  directPushShare,
  unsuccessfulAttempts,
  incidentRecoveryTime,
  outsideHoursShare,
  alertRemediationTime,
  alertsOpened,
  timeBetweenDeployments,
  firstDeploymentTime,
  releaseTrainShare,
  trainChangeShare,
  batchSizeCommits,
  batchSizeChanges,
  changeSize,
  patchSoonShare,
  revertShare,
  repairShare,
  integrationFrequency,
  integrationSize,
  pipelineDuration,
  pipelineQueueTime,
  pipelineSuccessRate,
  timeToGreen,
  pipelineFlakiness,
  approvalWait,
];
