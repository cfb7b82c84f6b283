/** Facts as rows and back. Flags are 0 or 1 in a row, lists are JSON, durations are computed from instants. */
import type { ActorKind } from "#metrics/events.ts";
import type { ChangeFact, CommitFact, DeploymentFact, FailureSignal, IncidentFact, Route } from "#metrics/facts.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Selectable } from "kysely";
import type { Scalar, Target } from "./bulk.ts";
import { trusted } from "./bulk.ts";
import type { ChangeFactTable, CommitFactTable, DeploymentFactTable, IncidentFactTable } from "./schema.ts";

/** Where a service's facts come from; the same for all of its rows, so it is not stored with each. */
export interface Place {
  readonly serviceId: number;
  readonly source: string;
  readonly repository: string;
  readonly service: string;
}

/** How facts of one kind are kept. */
export interface FactTable<Fact, Row> extends Target {
  readonly columns: readonly (keyof Row & string)[];
  /** Values in the order of `columns`, the service first and the fact's own key second. */
  readonly toRow: (serviceId: number, fact: Fact) => readonly Scalar[];
  readonly toFact: (row: Row, place: Omit<Place, "serviceId">) => Fact;
}

const flag = (value: boolean) => (value ? 1 : 0);

export const commitTable: FactTable<CommitFact, Selectable<CommitFactTable>> = {
  table: "commit_fact",
  key: ["service_id", "sha"],
  columns: [
    "service_id",
    "sha",
    "title",
    "author_kind",
    "authored_at",
    "committed_at",
    "is_merge",
    "on_default_branch",
    "integrated",
    "is_revert",
    "is_direct",
    "change_number",
    "deployed_at",
    "deployment_id",
    "is_before_record",
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.sha,
    fact.title,
    fact.authorKind,
    fact.authoredAt,
    fact.committedAt,
    flag(fact.isMerge),
    flag(fact.onDefaultBranch),
    fact.integrated,
    flag(fact.isRevert),
    fact.isDirect === null ? null : flag(fact.isDirect),
    fact.changeNumber,
    fact.deployedAt,
    fact.deploymentId,
    flag(fact.isBeforeRecord),
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    sha: row.sha,
    title: row.title,
    authorKind: actor(row.author_kind),
    authoredAt: row.authored_at,
    committedAt: row.committed_at,
    isMerge: row.is_merge === 1,
    onDefaultBranch: row.on_default_branch === 1,
    integrated: row.integrated,
    isRevert: row.is_revert === 1,
    isDirect: row.is_direct === null ? null : row.is_direct === 1,
    changeNumber: row.change_number,
    deployedAt: row.deployed_at,
    deploymentId: row.deployment_id,
    isBeforeRecord: row.is_before_record === 1,
    leadTimeHours: hoursBetween(row.authored_at, row.deployed_at),
  }),
};

export const deploymentTable: FactTable<DeploymentFact, Selectable<DeploymentFactTable>> = {
  table: "deployment_fact",
  key: ["service_id", "id"],
  columns: [
    "service_id",
    "id",
    "url",
    "environment",
    "tier",
    "route",
    "sha",
    "is_commit_known",
    "status",
    "created_at",
    "deployed_at",
    "previous_deployed_at",
    "is_rollback",
    "is_rework",
    "failed_by",
    "incidents",
    "recovered_at",
    "commits",
    "changes",
    "patched_at",
    "is_feature_release",
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.url,
    fact.environment,
    fact.tier,
    fact.route,
    fact.sha,
    flag(fact.isCommitKnown),
    fact.status,
    fact.createdAt,
    fact.deployedAt,
    fact.previousDeployedAt,
    flag(fact.isRollback),
    flag(fact.isRework),
    JSON.stringify(fact.failedBy),
    JSON.stringify(fact.incidents),
    fact.recoveredAt,
    fact.commits,
    fact.changes,
    fact.patchedAt,
    flag(fact.isFeatureRelease),
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    url: row.url,
    environment: row.environment,
    tier: row.tier === "production" ? "production" : "other",
    route: route(row.route),
    sha: row.sha,
    isCommitKnown: row.is_commit_known === 1,
    status: status(row.status),
    createdAt: row.created_at,
    deployedAt: row.deployed_at,
    previousDeployedAt: row.previous_deployed_at,
    isRollback: row.is_rollback === 1,
    isRework: row.is_rework === 1,
    failedBy: trusted<FailureSignal[]>(row.failed_by),
    incidents: trusted<string[]>(row.incidents),
    recoveredAt: row.recovered_at,
    commits: row.commits,
    changes: row.changes,
    patchedAt: row.patched_at,
    isFeatureRelease: row.is_feature_release === 1,
  }),
};

export const changeTable: FactTable<ChangeFact, Selectable<ChangeFactTable>> = {
  table: "change_fact",
  key: ["service_id", "id"],
  columns: [
    "service_id",
    "id",
    "number",
    "url",
    "title",
    "author_kind",
    "opened_at",
    "ready_at",
    "first_commit_at",
    "first_review_at",
    "first_response_at",
    "first_approval_at",
    "merged_at",
    "closed_at",
    "merge_commit",
    "is_integrated",
    "deployed_at",
    "deployment_id",
    "is_before_record",
    "additions",
    "deletions",
    "reverted_by",
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.number,
    fact.url,
    fact.title,
    fact.authorKind,
    fact.openedAt,
    fact.readyAt,
    fact.firstCommitAt,
    fact.firstReviewAt,
    fact.firstResponseAt,
    fact.firstApprovalAt,
    fact.mergedAt,
    fact.closedAt,
    fact.mergeCommit,
    flag(fact.isIntegrated),
    fact.deployedAt,
    fact.deploymentId,
    flag(fact.isBeforeRecord),
    fact.additions,
    fact.deletions,
    fact.revertedBy,
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    number: row.number,
    url: row.url,
    title: row.title,
    authorKind: actor(row.author_kind),
    openedAt: row.opened_at,
    readyAt: row.ready_at,
    firstCommitAt: row.first_commit_at,
    firstReviewAt: row.first_review_at,
    firstResponseAt: row.first_response_at,
    firstApprovalAt: row.first_approval_at,
    mergedAt: row.merged_at,
    closedAt: row.closed_at,
    mergeCommit: row.merge_commit,
    isIntegrated: row.is_integrated === 1,
    deployedAt: row.deployed_at,
    deploymentId: row.deployment_id,
    isBeforeRecord: row.is_before_record === 1,
    leadTimeHours: hoursBetween(row.first_commit_at, row.deployed_at),
    codingHours: hoursBetween(row.first_commit_at, row.ready_at ?? row.opened_at),
    pickupHours: hoursBetween(row.ready_at ?? row.opened_at, row.first_review_at),
    reviewHours: hoursBetween(row.first_review_at, row.merged_at),
    deployHours: hoursBetween(row.merged_at, row.deployed_at),
    additions: row.additions,
    deletions: row.deletions,
    revertedBy: row.reverted_by,
  }),
};

export const incidentTable: FactTable<IncidentFact, Selectable<IncidentFactTable>> = {
  table: "incident_fact",
  key: ["service_id", "id"],
  columns: [
    "service_id",
    "id",
    "number",
    "url",
    "title",
    "opened_at",
    "resolved_at",
    "false_alarm",
    "linked_by",
    "deployment_id",
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.number,
    fact.url,
    fact.title,
    fact.openedAt,
    fact.resolvedAt,
    flag(fact.falseAlarm),
    fact.linkedBy,
    fact.deploymentId,
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    number: row.number,
    url: row.url,
    title: row.title,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
    falseAlarm: row.false_alarm === 1,
    linkedBy: linkedBy(row.linked_by),
    deploymentId: row.deployment_id,
    recoveryHours: row.false_alarm === 1 ? null : hoursBetween(row.opened_at, row.resolved_at),
  }),
};

function linkedBy(text: string): IncidentFact["linkedBy"] {
  return text === "id" || text === "sha" || text === "service-window" ? text : "none";
}

function actor(text: string): ActorKind {
  return text === "bot" || text === "agent" ? text : "human";
}

export function route(text: string): Route {
  return text === "release" || text === "tag" || text === "push" ? text : "deployment";
}

function status(text: string): DeploymentFact["status"] {
  return text === "failure" || text === "running" || text === "inactive" ? text : "success";
}
