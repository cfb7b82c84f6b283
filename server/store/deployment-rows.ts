import type { DeploymentFact, FailureSignal, Route } from "#metrics/facts.ts";
import type { Selectable } from "kysely";
import { trusted } from "./bulk.ts";
import type { FactTable } from "./fact-rows.ts";
import { flag } from "./fact-rows.ts";
import type { DeploymentFactTable } from "./schema.ts";

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
    "overruled",
    "is_train",
    "began_at",
  ],
  lists: [
    ["deployed_at", "deployments"],
    ["created_at", "attempts"],
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
    JSON.stringify(fact.overruled),
    fact.isTrain === null ? null : flag(fact.isTrain),
    fact.beganAt,
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
    overruled: trusted<FailureSignal[]>(row.overruled),
    isTrain: row.is_train === null ? null : row.is_train === 1,
    beganAt: row.began_at,
  }),
};

const ROUTES: readonly Route[] = ["deployment", "job", "run", "release", "tag", "push", "merge"];

export function route(text: string): Route {
  return ROUTES.find((known) => known === text) ?? "deployment";
}

function status(text: string): DeploymentFact["status"] {
  return text === "failure" || text === "running" || text === "inactive" ? text : "success";
}
