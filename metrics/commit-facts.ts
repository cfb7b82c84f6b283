/** Commits and the first roll-out that contained them. */
import type { Aftermath } from "./aftermath.ts";
import type { Place } from "./derive.ts";
import type { CommitFact } from "./facts.ts";
import { directPushes } from "./direct-pushes.ts";
import { integrationSizes } from "./integrations.ts";
import { hoursBetween } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isOwn } from "./walk.ts";

/** The service's commits of the default branch, and those that only a roll-out carries. */
export function commitFacts(
  { source, repository, service }: Place,
  walk: Walk,
  { reverts }: Aftermath,
): readonly CommitFact[] {
  const { history, graph, onDefault, rollouts, claims, carrier, mainline, integrations } = walk;
  const sizes = integrationSizes(graph, mainline, (position) => isOwn(walk, position));
  const direct = directPushes(history, graph, mainline, integrations);
  const facts: CommitFact[] = [];
  for (const [position, commit] of graph.commits.entries()) {
    const rollout = rollouts[carrier[position] ?? -1];
    if ((onDefault[position] !== 1 && rollout === undefined) || !isOwn(walk, position)) continue;
    const size = sizes[position] ?? -1;
    // Each field by name: spreading the place made this several times slower, and a service has many commits.
    facts.push({
      source,
      repository,
      service,
      sha: commit.id,
      title: commit.title,
      authorKind: commit.authorKind,
      authoredAt: commit.authoredAt,
      committedAt: commit.committedAt,
      isMerge: commit.parents.length > 1,
      onDefaultBranch: onDefault[position] === 1,
      integrated: size === -1 ? null : size,
      isRevert: reverts.has(position),
      isDirect: size === -1 ? null : (direct?.has(position) ?? null),
      changeNumber: commit.changeNumber,
      deployedAt: rollout?.deployedAt ?? null,
      deploymentId: rollout?.id ?? null,
      isBeforeRecord: claims[position] !== carrier[position],
      leadTimeHours: hoursBetween(commit.authoredAt, rollout?.deployedAt ?? null),
    });
  }
  return facts;
}
