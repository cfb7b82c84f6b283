/** Where changes, deployments and incidents stand, by what is known of them now. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "../facts.ts";
import { hoursBetween, type Instant } from "../time.ts";

/**
 * Open: `coding` (a draft), `pickup` (waits for its first review), `review`. Merged to the default branch: `waiting` for a deployment
 * where anything was ever deployed, `deployed`, or `before-record`, deployed when nobody kept a record. Else `merged` (elsewhere, or
 * where nothing is deployed) or `closed` without a merge.
 */
export const CHANGE_STATES = [
  "coding",
  "pickup",
  "review",
  "waiting",
  "deployed",
  "before-record",
  "merged",
  "closed",
] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** Not over, so that it concerns whoever looks, however long ago it began. */
export const ONGOING: readonly ChangeState[] = ["coding", "pickup", "review", "waiting"];
export const OPEN: readonly ChangeState[] = ["coding", "pickup", "review"];

/** In production: `failed` by a signal, `repair` (rollback or rework), or `good`. Else an `attempt`, or `elsewhere`: not production. */
export const DEPLOYMENT_STATES = ["good", "failed", "repair", "attempt", "elsewhere"] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** `open`; over, and `linked` to a deployment or `unlinked`; or a `false-alarm`. */
export const INCIDENT_STATES = ["open", "linked", "unlinked", "false-alarm"] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** @param isDeploying whether anything of its service was ever deployed: else nothing waits for it. */
export function changeState(change: ChangeFact, isDeploying: boolean): ChangeState {
  const { mergedAt, closedAt, readyAt, firstReviewAt, isIntegrated, deployedAt, isBeforeRecord } = change;
  if (deployedAt !== null) return "deployed";
  if (isBeforeRecord) return "before-record";
  if (mergedAt !== null) return isIntegrated && isDeploying ? "waiting" : "merged";
  if (closedAt !== null) return "closed";
  if (firstReviewAt !== null) return "review";
  return readyAt === null ? "coding" : "pickup";
}

export function deploymentState({ tier, deployedAt, failedBy, isRework, isRollback }: DeploymentFact): DeploymentState {
  if (tier !== "production") return "elsewhere";
  if (deployedAt === null) return "attempt";
  if (failedBy.length > 0) return "failed";
  return isRework || isRollback ? "repair" : "good";
}

export function incidentState({ falseAlarm, resolvedAt, deploymentId }: IncidentFact): IncidentState {
  if (falseAlarm) return "false-alarm";
  if (resolvedAt === null) return "open";
  return deploymentId === null ? "unlinked" : "linked";
}

/** How long what is not over has been so: open since it was opened, waiting since it was merged; `null` of what is over. */
export function changeAge({ openedAt, mergedAt }: ChangeFact, state: ChangeState, now: Instant): number | null {
  if (!ONGOING.includes(state)) return null;
  return hoursBetween(state === "waiting" ? mergedAt : openedAt, now);
}
