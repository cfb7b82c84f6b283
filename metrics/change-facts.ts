/** Changes, their stages and the roll-out that carried them. */
import type { Aftermath } from "./aftermath.ts";
import type { Change } from "./events.ts";
import type { Beyond } from "./beyond.ts";
import type { Place } from "./derive.ts";
import type { ChangeFact } from "./facts.ts";
import type { NamedChange } from "./named-changes.ts";
import { reviewRounds } from "./review-rounds.ts";
import { milestones } from "./stages.ts";
import { hoursBetween } from "./time.ts";
import type { Instant } from "./time.ts";
import { trains } from "./trains.ts";
import type { Walk } from "./walk.ts";
import { isIntegrated, isOwnChange } from "./walk.ts";
import { workType } from "./work-type.ts";

/** Those that the host tells of; from a plain git history, those that it names. */
export function changeFacts(place: Place, walk: Walk, after: Aftermath, beyond: Beyond): readonly ChangeFact[] {
  const byTrain = trains(walk, after, beyond);
  if (walk.named !== null) return namedFacts(place, walk, walk.named, after, byTrain);
  return walk.history.changes
    .filter(({ number }) => isOwnChange(walk, number))
    .map((change) => hostFact(place, walk, after, change, byTrain));
}

/** Each field by name, as below. */
function hostFact(
  place: Place,
  walk: Walk,
  after: Aftermath,
  change: Change,
  byTrain: readonly (boolean | null)[],
): ChangeFact {
  const merged = isIntegrated(change, walk.history);
  const position = merged ? walk.integrations.get(change.number) : undefined;
  const { firstCommitAt, firstReviewAt, firstResponseAt, firstApprovalAt } = milestones(change);
  const { number, openedAt, readyAt, mergedAt } = change;
  const startedAt = readyAt ?? openedAt;
  const { deployedAt, deploymentId, isBeforeRecord, isByTrain } = carriedBy(walk, number, position, byTrain);
  return {
    source: place.source,
    repository: place.repository,
    service: place.service,
    id: change.id,
    number,
    url: change.url,
    title: change.title,
    authorKind: change.authorKind,
    requestedAt: requestOf(change),
    openedAt,
    readyAt,
    firstCommitAt,
    firstReviewAt,
    firstResponseAt,
    firstApprovalAt,
    mergedAt,
    closedAt: change.closedAt,
    mergeCommit: mergedAt === null ? null : change.mergeCommit,
    isIntegrated: merged,
    deployedAt,
    deploymentId,
    isBeforeRecord,
    isByTrain,
    leadTimeHours: hoursBetween(firstCommitAt, deployedAt),
    codingHours: hoursBetween(firstCommitAt, startedAt),
    pickupHours: hoursBetween(startedAt, firstReviewAt),
    reviewHours: hoursBetween(firstReviewAt, mergedAt),
    deployHours: hoursBetween(mergedAt, deployedAt),
    additions: change.additions,
    deletions: change.deletions,
    labels: change.labels,
    revertedBy: revertOf(walk, after, position),
    truncated: change.truncated,
    workType: workType(change),
    reviewRounds: reviewRounds(change),
  };
}

/** An issue that was opened when the change was already over asked for something else, whatever the change says. */
function requestOf({ requestedAt, closedAt }: Change): Instant | null {
  return requestedAt !== null && closedAt !== null && requestedAt > closedAt ? null : requestedAt;
}

/** What only a change's host knows is `null`. Each field by name: spreading made this many times slower. */
function namedFacts(
  { source, repository, service }: Place,
  walk: Walk,
  named: ReadonlyMap<number, NamedChange>,
  after: Aftermath,
  byTrain: readonly (boolean | null)[],
): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  for (const { number, commit: position, firstCommitAt } of named.values()) {
    const commit = walk.graph.commits[position];
    if (commit === undefined || !isOwnChange(walk, number)) continue;
    const { deployedAt, deploymentId, isBeforeRecord, isByTrain } = carriedBy(walk, number, position, byTrain);
    facts.push({
      source,
      repository,
      service,
      id: `#${number}`,
      number,
      url: null,
      title: commit.title,
      authorKind: commit.authorKind,
      requestedAt: null,
      openedAt: null,
      readyAt: null,
      firstCommitAt,
      firstReviewAt: null,
      firstResponseAt: null,
      firstApprovalAt: null,
      mergedAt: commit.committedAt,
      closedAt: commit.committedAt,
      mergeCommit: commit.id,
      isIntegrated: true,
      deployedAt,
      deploymentId,
      isBeforeRecord,
      leadTimeHours: hoursBetween(firstCommitAt, deployedAt),
      codingHours: null,
      pickupHours: null,
      reviewHours: null,
      deployHours: hoursBetween(commit.committedAt, deployedAt),
      additions: null,
      deletions: null,
      labels: null,
      revertedBy: revertOf(walk, after, position),
      truncated: false,
      workType: workType({ title: commit.title, labels: [], sourceBranch: null }),
      reviewRounds: null,
      isByTrain,
    });
  }
  return facts;
}

function carriedBy(
  { claims, changeCarrier, rollouts }: Walk,
  number: number,
  position: number | undefined,
  byTrain: readonly (boolean | null)[],
): Pick<ChangeFact, "deployedAt" | "deploymentId" | "isBeforeRecord" | "isByTrain"> {
  if (position === undefined) return { deployedAt: null, deploymentId: null, isBeforeRecord: false, isByTrain: null };
  const by = changeCarrier.get(number) ?? -1;
  const rollout = rollouts[by];
  return {
    deployedAt: rollout?.deployedAt ?? null,
    deploymentId: rollout?.id ?? null,
    isBeforeRecord: by !== claims[position],
    isByTrain: byTrain[by] ?? null,
  };
}

function revertOf(
  { graph: { commits } }: Walk,
  { revertedBy }: Aftermath,
  position: number | undefined,
): string | null {
  return commits[position === undefined ? -1 : (revertedBy.get(position) ?? -1)]?.id ?? null;
}
