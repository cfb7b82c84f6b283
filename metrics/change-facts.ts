/** Changes, their stages and the roll-out that carried them. */
import type { Aftermath } from "./aftermath.ts";
import type { Change } from "./events.ts";
import type { Place } from "./derive.ts";
import type { ChangeFact } from "./facts.ts";
import { namedChanges } from "./named-changes.ts";
import { milestones } from "./stages.ts";
import { hoursBetween } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isIntegrated } from "./walk.ts";

/** Those that the host tells of; from a plain git history, those that it names. */
export function changeFacts(place: Place, walk: Walk, after: Aftermath): readonly ChangeFact[] {
  const { history } = walk;
  if (history.changes.length === 0) return namedFacts(place, walk, after);
  return history.changes.map((change) => hostFact(place, walk, after, change));
}

function hostFact(place: Place, walk: Walk, after: Aftermath, change: Change): ChangeFact {
  const merged = isIntegrated(change, walk.history);
  const position = merged ? walk.integrations.get(change.number) : undefined;
  const { firstCommitAt, ...reviewed } = milestones(change);
  const {
    id,
    number,
    url,
    title,
    authorKind,
    openedAt,
    readyAt,
    mergedAt,
    closedAt,
    mergeCommit,
    additions,
    deletions,
  } = change;
  const startedAt = readyAt ?? openedAt;
  const carried = carriedBy(walk, position);
  return {
    ...place,
    ...reviewed,
    ...carried,
    id,
    number,
    url,
    title,
    authorKind,
    openedAt,
    readyAt,
    firstCommitAt,
    mergedAt,
    closedAt,
    mergeCommit: mergedAt === null ? null : mergeCommit,
    leadTimeHours: hoursBetween(firstCommitAt, carried.deployedAt),
    codingHours: hoursBetween(firstCommitAt, startedAt),
    pickupHours: hoursBetween(startedAt, reviewed.firstReviewAt),
    reviewHours: hoursBetween(reviewed.firstReviewAt, mergedAt),
    deployHours: hoursBetween(mergedAt, carried.deployedAt),
    additions,
    deletions,
    revertedBy: revertOf(walk, after, position),
  };
}

function namedFacts(place: Place, walk: Walk, after: Aftermath): readonly ChangeFact[] {
  const { graph, history, onDefault } = walk;
  const facts: ChangeFact[] = [];
  for (const { number, commit: position, firstCommitAt } of namedChanges(
    graph,
    history.repository.head,
    onDefault,
  ).values()) {
    const commit = graph.commits[position];
    if (commit === undefined) continue;
    const carried = carriedBy(walk, position);
    facts.push({
      ...place,
      ...UNSEEN,
      ...carried,
      id: `#${number}`,
      number,
      title: commit.title,
      authorKind: commit.authorKind,
      firstCommitAt,
      mergedAt: commit.committedAt,
      closedAt: commit.committedAt,
      mergeCommit: commit.id,
      leadTimeHours: hoursBetween(firstCommitAt, carried.deployedAt),
      deployHours: hoursBetween(commit.committedAt, carried.deployedAt),
      revertedBy: revertOf(walk, after, position),
    });
  }
  return facts;
}

function carriedBy(
  { carrier, rollouts }: Walk,
  position: number | undefined,
): Pick<ChangeFact, "deployedAt" | "deploymentId"> {
  const rollout = rollouts[position === undefined ? -1 : (carrier[position] ?? -1)];
  return { deployedAt: rollout?.deployedAt ?? null, deploymentId: rollout?.id ?? null };
}

function revertOf(
  { graph: { commits } }: Walk,
  { revertedBy }: Aftermath,
  position: number | undefined,
): string | null {
  return commits[position === undefined ? -1 : (revertedBy.get(position) ?? -1)]?.id ?? null;
}

/** What only a change's host knows. */
const UNSEEN = {
  url: null,
  openedAt: null,
  readyAt: null,
  firstReviewAt: null,
  firstResponseAt: null,
  firstApprovalAt: null,
  codingHours: null,
  pickupHours: null,
  reviewHours: null,
  additions: null,
  deletions: null,
} as const;
