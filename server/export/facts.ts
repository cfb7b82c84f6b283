/** Facts as rows: what only the derivation needs is left out. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Instant } from "#metrics/time.ts";
import { UNKNOWN_RUNNER } from "#metrics/runners.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Row } from "./columns.ts";

export function toRow(fact: CommitFact | ChangeFact | DeploymentFact | IncidentFact | AlertFact | PipelineFact): Row {
  if ("begunAt" in fact) return pipelineRow(fact);
  if ("hoursToFix" in fact) return alertRow(fact);
  if ("falseAlarm" in fact) return { ...fact, openedAt: iso(fact.openedAt), resolvedAt: iso(fact.resolvedAt) };
  if ("onDefaultBranch" in fact) return commitRow(fact);
  return "commits" in fact ? deploymentRow(fact) : changeRow(fact);
}

function commitRow({
  onDefaultBranch: _onDefaultBranch,
  integrated: _integrated,
  isDirect: _isDirect,
  isBeforeRecord: _isBeforeRecord,
  ...fact
}: CommitFact): Row {
  return {
    ...fact,
    authoredAt: iso(fact.authoredAt),
    committedAt: iso(fact.committedAt),
    deployedAt: iso(fact.deployedAt),
  };
}

function changeRow({ isIntegrated: _isIntegrated, isBeforeRecord: _isBeforeRecord, ...fact }: ChangeFact): Row {
  return {
    ...fact,
    requestedAt: iso(fact.requestedAt),
    openedAt: iso(fact.openedAt),
    readyAt: iso(fact.readyAt),
    firstCommitAt: iso(fact.firstCommitAt),
    firstReviewAt: iso(fact.firstReviewAt),
    firstResponseAt: iso(fact.firstResponseAt),
    firstApprovalAt: iso(fact.firstApprovalAt),
    mergedAt: iso(fact.mergedAt),
    closedAt: iso(fact.closedAt),
    deployedAt: iso(fact.deployedAt),
  };
}

function deploymentRow({
  previousDeployedAt: _previous,
  patchedAt: _patched,
  isFeatureRelease: _feature,
  isCommitKnown: _isCommitKnown,
  beganAt: _beganAt,
  ...fact
}: DeploymentFact): Row {
  return {
    ...fact,
    createdAt: iso(fact.createdAt),
    deployedAt: iso(fact.deployedAt),
    recoveredAt: iso(fact.recoveredAt),
  };
}

function alertRow(fact: AlertFact): Row {
  return {
    ...fact,
    openedAt: iso(fact.openedAt),
    fixedAt: iso(fact.fixedAt),
    dismissedAt: iso(fact.dismissedAt),
  };
}

function pipelineRow({ runnerMinutes, ...fact }: PipelineFact): Row {
  return {
    ...fact,
    createdAt: iso(fact.createdAt),
    begunAt: iso(fact.begunAt),
    startedAt: iso(fact.startedAt),
    finishedAt: iso(fact.finishedAt),
    pausedAt: iso(fact.pausedAt),
    resumedAt: iso(fact.resumedAt),
    brokeAt: iso(fact.brokeAt),
    greenAt: iso(fact.greenAt),
    durationHours: hoursBetween(fact.begunAt, fact.finishedAt),
    queueHours: hoursBetween(fact.createdAt, fact.startedAt),
    pauseHours: hoursBetween(fact.pausedAt, fact.resumedAt),
    timeToGreenHours: hoursBetween(fact.brokeAt, fact.greenAt),
    jobMinutes: runnerMinutes && sum(runnerMinutes.map(({ minutes }) => minutes)),
    runners: runnerMinutes && runnerMinutes.map(({ runner, minutes }) => `${runner ?? UNKNOWN_RUNNER} = ${minutes}`),
  };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
