/** Events of one repository into the facts of its service. Pure, and the same whatever the order of the events. */
import type { Aftermath } from "./aftermath.ts";
import { aftermath } from "./aftermath.ts";
import type { ChangeFact, CommitFact, ServiceFacts } from "./facts.ts";
import { firstParents } from "./graph.ts";
import { releaseFacts } from "./release-facts.ts";
import type { ReleaseRule } from "./releases.ts";
import { hoursBetween } from "./time.ts";
import type { History, Walk } from "./walk.ts";
import { walk } from "./walk.ts";

/** What deploys on its own, and the rule for its deployments. */
export interface Service {
  readonly name: string;
  readonly rule: ReleaseRule;
}

/** Where a fact belongs; the same for all facts of a service. */
export type Place = Pick<CommitFact, "source" | "repository" | "service">;

/** The facts of a service whose releases stand in for deployments. Empty lists when there is nothing. */
export function derive(history: History, service: Service): ServiceFacts {
  const walked = walk(history, service.rule);
  const after = aftermath(walked);
  const { source, repository } = history.repository;
  const place = { source, repository, service: service.name };
  return {
    commits: commitFacts(place, walked, after),
    changes: changeFacts(place, walked, after),
    deployments: releaseFacts(place, walked, after),
  };
}

/** The commits of the default branch, and those that only a release carries. */
function commitFacts(
  place: Place,
  { history, graph, onDefault, releases, carrier }: Walk,
  { reverts }: Aftermath,
): readonly CommitFact[] {
  const integrations = new Set(firstParents(graph, history.repository.head));
  const facts: CommitFact[] = [];
  for (const [position, commit] of graph.commits.entries()) {
    const deployment = releases[carrier[position] ?? -1];
    if (onDefault[position] !== 1 && deployment === undefined) continue;
    facts.push({
      ...place,
      sha: commit.id,
      title: commit.title,
      authorKind: commit.authorKind,
      authoredAt: commit.authoredAt,
      committedAt: commit.committedAt,
      isMerge: commit.parents.length > 1,
      onDefaultBranch: onDefault[position] === 1,
      isIntegration: integrations.has(position),
      isRevert: reverts.has(position),
      changeNumber: commit.changeNumber,
      deployedAt: deployment?.deployedAt ?? null,
      deploymentId: deployment?.release.id ?? null,
      leadTimeHours: hoursBetween(commit.authoredAt, deployment?.deployedAt ?? null),
    });
  }
  return facts;
}

function changeFacts(
  place: Place,
  { graph: { commits }, changes, releases, carrier }: Walk,
  { revertedBy }: Aftermath,
): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  for (const { number, commit: position, firstCommitAt } of changes.values()) {
    const commit = commits[position];
    if (commit === undefined) continue;
    const deployment = releases[carrier[position] ?? -1];
    const deployedAt = deployment?.deployedAt ?? null;
    facts.push({
      ...place,
      ...UNSEEN,
      id: `#${number}`,
      number,
      title: commit.title,
      authorKind: commit.authorKind,
      firstCommitAt,
      mergedAt: commit.committedAt,
      closedAt: commit.committedAt,
      mergeCommit: commit.id,
      deployedAt,
      deploymentId: deployment?.release.id ?? null,
      leadTimeHours: hoursBetween(firstCommitAt, deployedAt),
      deployHours: hoursBetween(commit.committedAt, deployedAt),
      revertedBy: commits[revertedBy.get(position) ?? -1]?.id ?? null,
    });
  }
  return facts;
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
