/** What happened to one change, deployment or incident, in the order of time, and how long each stage of it took. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "../facts.ts";
import type { Instant } from "../time.ts";
import { HOUR } from "../time.ts";
import type { ChangeState } from "./states.ts";

/** Something that happened. */
export interface Moment {
  readonly at: Instant;
  readonly what: string;
  readonly note: string | null;
}

/** A stage, from one moment to another. */
export interface Stage {
  readonly title: string;
  readonly from: Instant;
  /** Where it is not over: where the facts end. */
  readonly to: Instant;
  readonly hours: number;
  readonly isOpen: boolean;
}

export interface Timeline {
  readonly moments: readonly Moment[];
  /** A stage of which a clock was wrong, or nobody knows the ends, is not there. */
  readonly stages: readonly Stage[];
}

/** @param until how far the facts reach. */
export function changeTimeline(fact: ChangeFact, state: ChangeState, until: Instant): Timeline {
  const { firstCommitAt, openedAt, firstReviewAt, mergedAt, deployedAt } = fact;
  const readyAt = fact.readyAt ?? openedAt;
  const reviewed = firstReviewAt ?? (mergedAt === null ? null : mergedAt);
  return {
    moments: inOrder([
      ["Asked for", fact.requestedAt, "The first of the issues that it closes was opened."],
      ["First commit", firstCommitAt, "The smallest author date of its commits."],
      ["Opened", openedAt, null],
      ["Ready for review", fact.readyAt === openedAt ? null : fact.readyAt, null],
      ["First response", fact.firstResponseAt === firstReviewAt ? null : fact.firstResponseAt, "A comment counts too."],
      ["First review", firstReviewAt, null],
      ["First approval", fact.firstApprovalAt, null],
      [
        mergedAt === null ? "Closed" : "Merged",
        mergedAt ?? fact.closedAt,
        mergedAt === null ? "Without a merge." : null,
      ],
      ["Deployed", deployedAt, fact.deploymentId === null ? null : `First contained in ${fact.deploymentId}.`],
    ]),
    stages: [
      ...stage("Coding", firstCommitAt, readyAt, state === "coding" ? until : null),
      ...(firstReviewAt === null && mergedAt !== null
        ? stage("Until the merge, without a review", readyAt, mergedAt, null)
        : [
            ...stage("Waiting for review", readyAt, reviewed, state === "pickup" ? until : null),
            ...stage("In review", firstReviewAt, mergedAt, state === "review" ? until : null),
          ]),
      ...stage("Waiting for deployment", mergedAt, deployedAt, state === "waiting" ? until : null),
    ],
  };
}

/** What came of a deployment, as far as its incidents and what came after it tell. */
export interface After {
  readonly incidents: readonly IncidentFact[];
  /** The rollback that took it back, if that is how it failed. */
  readonly rollback: DeploymentFact | null;
  /** The deployment by which it was back. */
  readonly recovery: DeploymentFact | null;
}

export function deploymentTimeline(
  fact: DeploymentFact,
  { incidents, rollback, recovery }: After,
  until: Instant,
): Timeline {
  const { createdAt, deployedAt, failedBy, recoveredAt } = fact;
  const hasFailed = failedBy.length > 0;
  return {
    moments: inOrder([
      ["Made", createdAt === deployedAt ? null : createdAt, null],
      ["In production", fact.tier === "production" ? deployedAt : null, null],
      [`In ${fact.environment}`, fact.tier === "production" ? null : deployedAt, "Not production."],
      ...incidents.flatMap(({ title, openedAt, resolvedAt }): Said[] => [
        ["Incident began", openedAt, title],
        ["Incident ended", resolvedAt, title],
      ]),
      ["Rolled back", rollback?.deployedAt ?? null, rollback === null ? null : `By ${rollback.id}.`],
      ["Recovered", hasFailed ? recoveredAt : null, recovery === null ? null : `By ${recovery.id}.`],
      ["First patched", fact.patchedAt, null],
    ]),
    stages: [
      ...stage("Rolling out", createdAt === deployedAt ? null : createdAt, deployedAt, null),
      ...(hasFailed
        ? stage("Failed, until it was back", deployedAt, recoveredAt, recoveredAt === null ? until : null)
        : []),
    ],
  };
}

export function incidentTimeline(
  { openedAt, resolvedAt, falseAlarm, deploymentId }: IncidentFact,
  cause: DeploymentFact | null,
  until: Instant,
): Timeline {
  const deployedAt = cause?.deployedAt ?? null;
  return {
    moments: inOrder([
      ["Its deployment", deployedAt, deploymentId],
      ["Began", openedAt, null],
      ["Ended", resolvedAt, falseAlarm ? "As a false alarm: nothing was to be recovered." : null],
    ]),
    stages: [
      ...stage("From the deployment to the incident", deployedAt, openedAt, null),
      ...(falseAlarm ? [] : stage("Until it was over", openedAt, resolvedAt, resolvedAt === null ? until : null)),
    ],
  };
}

type Said = readonly [what: string, at: Instant | null, note: string | null];

function inOrder(said: readonly Said[]): readonly Moment[] {
  const moments = said.flatMap(([what, at, note]) => (at === null ? [] : [{ what, at, note }]));
  return moments.toSorted((a, b) => a.at - b.at);
}

/** @param until given where it goes on. */
function stage(title: string, from: Instant | null, end: Instant | null, until: Instant | null): readonly Stage[] {
  const to = until ?? end;
  if (from === null || to === null || to < from) return [];
  return [{ title, from, to, hours: (to - from) / HOUR, isOpen: until !== null }];
}
