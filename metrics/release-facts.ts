/** Releases as the deployments they stand in for. */
import type { Aftermath } from "./aftermath.ts";
import type { Place } from "./derive.ts";
import type { DeploymentFact } from "./facts.ts";
import type { Version } from "./releases.ts";
import { version } from "./releases.ts";
import type { Instant } from "./time.ts";
import type { CountedRelease, Walk } from "./walk.ts";

/** In the order of the releases. */
export function releaseFacts(place: Place, walk: Walk, { recoveredAt, rework }: Aftermath): readonly DeploymentFact[] {
  const { releases } = walk;
  const commits = carriedCommits(walk);
  const changes = carriedChanges(walk);
  const patches = nextPatches(releases);
  return releases.map(({ release, deployedAt }, index) => {
    const recovered = recoveredAt.get(index) ?? null;
    const parsed = version(release.name);
    return {
      ...place,
      id: release.id,
      url: release.url,
      environment: "production",
      tier: "production",
      sha: release.sha,
      status: "success",
      createdAt: deployedAt,
      deployedAt,
      previousDeployedAt: releases[index - 1]?.deployedAt ?? null,
      isRollback: false, // not evaluated for releases and tags: an older line released again is no rollback
      isRework: rework.has(index),
      failedBy: recovered === null ? [] : ["revert"],
      incidents: [],
      recoveredAt: recovered,
      commits: commits[index] ?? 0,
      changes: changes[index] ?? 0,
      isFeatureRelease: parsed !== null && parsed.patch === 0 && !parsed.prerelease,
      patchedAt: patches[index] ?? null,
    };
  });
}

/** Per release: the non-merge commits it was the first to carry. */
function carriedCommits({ graph: { commits }, releases, carrier }: Walk): Int32Array {
  const carried = new Int32Array(releases.length);
  for (const [position, { parents }] of commits.entries()) {
    const by = carrier[position] ?? -1;
    if (by !== -1 && parents.length < 2) carried[by] = (carried[by] ?? 0) + 1;
  }
  return carried;
}

/** Per release: the changes it was the first to carry. */
function carriedChanges({ changes, releases, carrier }: Walk): Int32Array {
  const carried = new Int32Array(releases.length);
  for (const { commit } of changes.values()) {
    const by = carrier[commit] ?? -1;
    if (by !== -1) carried[by] = (carried[by] ?? 0) + 1;
  }
  return carried;
}

/** The line a patch belongs to: package, major and minor version. */
function line({ package: name, major, minor }: Version): string {
  return `${name}@${major}.${minor}`;
}

/** Per release x.y.0: when the first patch of its line followed. Goes from the last release back, so that the patch seen last is it. */
function nextPatches(releases: readonly CountedRelease[]): readonly (Instant | null)[] {
  const following = new Map<string, Instant>();
  const patches = releases.toReversed().map(({ release, deployedAt }) => {
    const parsed = version(release.name);
    if (parsed === null || parsed.prerelease) return null;
    if (parsed.patch === 0) return following.get(line(parsed)) ?? null;
    following.set(line(parsed), deployedAt);
    return null;
  });
  return patches.toReversed();
}
