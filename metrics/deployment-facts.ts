/** Deployments, and releases as the deployments they stand in for. */
import type { Aftermath } from "./aftermath.ts";
import type { Beyond } from "./beyond.ts";
import type { Place } from "./derive.ts";
import type { DeploymentFact } from "./facts.ts";
import type { Rollout } from "./origins/sighting.ts";
import type { Version } from "./releases.ts";
import { version } from "./releases.ts";
import type { Instant } from "./time.ts";
import { trains } from "./trains.ts";
import type { Walk } from "./walk.ts";
import { isOwn, isOwnChange } from "./walk.ts";

/** The roll-outs in their order, then the deployments that were none: elsewhere, or never successful. */
export function deploymentFacts(place: Place, walk: Walk, after: Aftermath, beyond: Beyond): readonly DeploymentFact[] {
  return [...rolloutFacts(place, walk, after, beyond), ...attemptFacts(place, walk, beyond)];
}

function rolloutFacts(place: Place, walk: Walk, after: Aftermath, beyond: Beyond): readonly DeploymentFact[] {
  const { rollouts } = walk;
  const commits = carriedCommits(walk);
  const changes = carriedChanges(walk);
  const patches = nextPatches(rollouts);
  const incidents = linkedIncidents(after);
  const byTrain = trains(walk, after, beyond);
  const began = beginning(walk);
  return rollouts.map(({ id, url, environment, route, sha, tip, includes, createdAt, deployedAt, tag }, index) => {
    const failure = after.failures.get(index);
    const parsed = tag === null ? null : version(tag);
    const isCommitKnown = tip !== -1 || includes.length > 0 || beyond.commits.has(sha ?? "");
    return {
      source: place.source,
      repository: place.repository,
      service: place.service,
      id,
      url,
      environment,
      tier: "production",
      route,
      sha,
      isCommitKnown,
      status: "success",
      createdAt,
      deployedAt,
      previousDeployedAt: rollouts[index - 1]?.deployedAt ?? null,
      isRollback: after.rollbacks.has(index),
      isRework: after.rework.has(index),
      failedBy: failure?.signals ?? [],
      overruled: after.overruled.get(index) ?? [],
      incidents: incidents.get(index) ?? [],
      recoveredAt: failure?.recoveredAt ?? null,
      commits: isCommitKnown ? (commits[index] ?? 0) : null,
      changes: isCommitKnown ? (changes[index] ?? 0) : null,
      isFeatureRelease: parsed !== null && parsed.patch === 0 && !parsed.prerelease,
      patchedAt: patches[index] ?? null,
      isTrain: byTrain[index] ?? null,
      beganAt: index === 0 ? began : null,
    };
  });
}

function attemptFacts(place: Place, { graph, attempts }: Walk, beyond: Beyond): readonly DeploymentFact[] {
  return attempts.map(({ id, url, environment, tier, route, sha, status, createdAt, deployedAt }) => {
    const isCommitKnown = graph.at.has(sha ?? "") || beyond.commits.has(sha ?? "");
    const carried = isCommitKnown ? 0 : null;
    return {
      source: place.source,
      repository: place.repository,
      service: place.service,
      id,
      url,
      environment,
      tier,
      route,
      sha,
      isCommitKnown,
      status,
      createdAt,
      deployedAt,
      previousDeployedAt: null,
      isRollback: false,
      isRework: false,
      failedBy: [],
      overruled: [],
      incidents: [],
      recoveredAt: null,
      commits: carried,
      changes: carried,
      patchedAt: null,
      isFeatureRelease: false,
      isTrain: null,
      beganAt: null,
    };
  });
}

/**
 * The smallest author date of the commits that the first roll-out carried. `null` where it may not be the first, since the record
 * of deployments begins later than they do, and where the history is cut off.
 */
function beginning(walk: Walk): Instant | null {
  const { graph, claims, carrier, history } = walk;
  if (history.repository.truncated) return null;
  let first: Instant | null = null;
  for (const [position, { authoredAt }] of graph.commits.entries()) {
    if (claims[position] !== 0 || !isOwn(walk, position)) continue;
    if (carrier[position] !== 0) return null;
    if (authoredAt !== null && (first === null || authoredAt < first)) first = authoredAt;
  }
  return first;
}

/** Per roll-out: the non-merge commits it was the first to carry. */
function carriedCommits(walk: Walk): Int32Array {
  const { graph, rollouts, carrier } = walk;
  const carried = new Int32Array(rollouts.length);
  for (const [position, { parents }] of graph.commits.entries()) {
    const by = carrier[position] ?? -1;
    if (by !== -1 && parents.length < 2 && isOwn(walk, position)) carried[by] = (carried[by] ?? 0) + 1;
  }
  return carried;
}

/** Per roll-out: the changes it was the first to carry. */
function carriedChanges(walk: Walk): Int32Array {
  const carried = new Int32Array(walk.rollouts.length);
  for (const [number, by] of walk.changeCarrier)
    if (by !== -1 && isOwnChange(walk, number)) carried[by] = (carried[by] ?? 0) + 1;
  return carried;
}

/** Per roll-out: the ids of the incidents linked to it, false alarms included. */
function linkedIncidents({ incidents, links }: Aftermath): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const [index, { id }] of incidents.entries()) {
    const deployment = links[index]?.deployment ?? null;
    if (deployment === null) continue;
    const known = found.get(deployment);
    if (known === undefined) found.set(deployment, [id]);
    else known.push(id);
  }
  return found;
}

/** The line a patch belongs to: package, major and minor version. */
function line({ package: name, major, minor }: Version): string {
  return `${name}@${major}.${minor}`;
}

/** Per release x.y.0: when the first patch of its line followed. Goes from the last release back, so that the patch seen last is it. */
function nextPatches(rollouts: readonly Rollout[]): readonly (Instant | null)[] {
  const following = new Map<string, Instant>();
  const patches = rollouts.toReversed().map(({ tag, deployedAt }) => {
    const parsed = tag === null ? null : version(tag);
    if (parsed === null || parsed.prerelease) return null;
    if (parsed.patch === 0) return following.get(line(parsed)) ?? null;
    following.set(line(parsed), deployedAt);
    return null;
  });
  return patches.toReversed();
}
