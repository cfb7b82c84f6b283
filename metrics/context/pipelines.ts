import { lasting } from "../lasting.ts";
import type { PipelineMetric } from "../metric.ts";

const shared = {
  of: "pipeline",
  clock: "finishedAt",
  source: "https://dora.dev/capabilities/continuous-integration/",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "run",
  needs: "pipelines",
  bots: null,
} as const;

export const pipelineDuration: PipelineMetric = {
  ...shared,
  id: "pipeline-duration",
  title: "Pipeline duration",
  definition:
    "Median time from when a successful run of the default branch was made to when it finished, over the runs that finished in the window: what people wait for, queue and approvals included. Of a run that was tried again, its last attempt. All workflows together.",
  differs:
    "GitLab's own duration is the time in which jobs ran and leaves out the queue. GitHub says of the end only when a run was last changed. A workflow that runs often weighs more: the rows say which.",

  observe: ({ onDefaultBranch, outcome, begunAt, finishedAt }, { hours }) =>
    !onDefaultBranch || outcome !== "success" || finishedAt === null
      ? null
      : { at: finishedAt, value: hours(begunAt, finishedAt) },
};

export const pipelineQueueTime: PipelineMetric = {
  ...shared,
  id: "pipeline-queue-time",
  title: "Pipeline queue time",
  definition:
    "Median time from when a run was made to when its first job began, over the runs that finished in the window, on any branch. Runs that were tried again, cancelled or skipped are left out.",
  differs:
    "Known only of runs whose jobs are read, which a rule for deployments from jobs asks for, and of pushed runs: the list of runs of GitHub and GitLab does not say when work began. Expect little coverage, mostly of workflows that deploy.",

  observe: ({ outcome, attempts, createdAt, startedAt, finishedAt }, { hours }) =>
    finishedAt === null || attempts > 1 || (outcome !== "success" && outcome !== "failure")
      ? null
      : { at: finishedAt, value: hours(createdAt, startedAt) },
};

export const pipelineSuccessRate: PipelineMetric = {
  ...shared,
  id: "pipeline-success-rate",
  title: "Pipeline success rate",
  definition:
    "Share of the runs of the default branch that finished in the window and succeeded, by their last attempt. Cancelled and skipped runs say nothing and are left out.",
  differs:
    "GitLab divides by all pipelines, cancelled ones included. A red pipeline is no failed deployment: it never reached production. By the last attempt, what was tried until it was green is green: read the flakiness beside it.",
  statistic: "rate",
  unit: "share",
  better: "higher",

  observe: ({ onDefaultBranch, outcome, finishedAt }) =>
    !onDefaultBranch || finishedAt === null || (outcome !== "success" && outcome !== "failure")
      ? null
      : { at: finishedAt, value: outcome === "success" ? 1 : 0 },
};

export const timeToGreen: PipelineMetric = {
  ...shared,
  clock: "brokeAt",
  id: "time-to-green",
  title: "Time to green",
  definition:
    "Median time from when a workflow broke on the default branch (its first failure after a success) to its next success there, by a newer commit or another attempt, counted in the window in which it broke. One that is still broken counts as lasting at least so long (Kaplan–Meier).",
  differs:
    "Other tools measure it per run, so that each further failure while it is broken counts again. An older commit neither mends nor breaks what a newer one said. A failed attempt is seen only where attempts are read, else the last one counts alone. A workflow that was removed while it was red stays broken.",
  counts: "break",

  observe: ({ brokeAt, greenAt }, view) => (brokeAt === null ? null : lasting(brokeAt, brokeAt, greenAt, view)),
};

export const pipelineFlakiness: PipelineMetric = {
  ...shared,
  id: "pipeline-flakiness",
  title: "Pipeline flakiness",
  source: "https://dora.dev/capabilities/test-automation/",
  definition:
    "Share of the runs that finished in the window with a success or a failure, on any branch, that failed and then succeeded without a change: by a later attempt, or by a later run of the same workflow for the same commit and branch.",
  differs:
    "By runs, not by tests: hosts do not tell of single tests. Earlier attempts are read only where jobs are; elsewhere on GitHub a later attempt that succeeded stands for an earlier one that failed, and on GitLab a retried job is not seen, so the true share is at least this.",
  statistic: "rate",
  unit: "share",

  observe: ({ isFlaky, finishedAt }) =>
    isFlaky === null || finishedAt === null ? null : { at: finishedAt, value: isFlaky ? 1 : 0 },
};

export const approvalWait: PipelineMetric = {
  ...shared,
  id: "approval-wait",
  title: "Waiting inside a pipeline",
  source: "https://dora.dev/capabilities/streamlining-change-approval/",
  definition:
    "Median of the longest time within a run in which none of its jobs ran although the run was not over: waiting for an approval, a manual step or a free runner. Over the runs that finished in the window and paused so for more than a minute.",
  differs:
    "Hosts do not say afterwards for what a run waited: a pause between two jobs is what is left of it. Known only of runs whose jobs are read, which a rule for deployments from jobs asks for; a run that waits before its first job is in the queue time.",

  observe: ({ pausedAt, resumedAt, finishedAt }, { hours }) =>
    finishedAt === null || pausedAt === null ? null : { at: finishedAt, value: hours(pausedAt, resumedAt) },
};
