/** Commits and the first roll-out that contained them. */
import type { Aftermath } from "./aftermath.ts";
import type { Place } from "./derive.ts";
import type { CommitFact } from "./facts.ts";
import { integrationSizes } from "./integrations.ts";
import { hoursBetween } from "./time.ts";
import type { Walk } from "./walk.ts";

/** The commits of the default branch, and those that only a roll-out carries. */
export function commitFacts(
  place: Place,
  { history, graph, onDefault, rollouts, carrier }: Walk,
  { reverts }: Aftermath,
): readonly CommitFact[] {
  const sizes = integrationSizes(graph, history.repository.head);
  const facts: CommitFact[] = [];
  for (const [position, commit] of graph.commits.entries()) {
    const rollout = rollouts[carrier[position] ?? -1];
    if (onDefault[position] !== 1 && rollout === undefined) continue;
    facts.push({
      ...place,
      sha: commit.id,
      title: commit.title,
      authorKind: commit.authorKind,
      authoredAt: commit.authoredAt,
      committedAt: commit.committedAt,
      isMerge: commit.parents.length > 1,
      onDefaultBranch: onDefault[position] === 1,
      integrated: sizes.get(position) ?? null,
      isRevert: reverts.has(position),
      changeNumber: commit.changeNumber,
      deployedAt: rollout?.deployedAt ?? null,
      deploymentId: rollout?.id ?? null,
      leadTimeHours: hoursBetween(commit.authoredAt, rollout?.deployedAt ?? null),
    });
  }
  return facts;
}
