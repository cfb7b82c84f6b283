/** Deployments, and releases as the deployments they stand in for. */
import type { Aftermath } from "./aftermath.ts";
import type { Place } from "./derive.ts";
import type { Deployment, Outcome } from "./events.ts";
import type { DeploymentFact } from "./facts.ts";
import { isProduction } from "./production.ts";
import { isPushed } from "./pushed.ts";
import type { Version } from "./releases.ts";
import { version } from "./releases.ts";
import type { DeploymentRules, Rollout } from "./rollouts.ts";
import { firstSuccess } from "./rollouts.ts";
import type { Instant } from "./time.ts";
import type { Walk } from "./walk.ts";

/** The roll-outs in their order, then the host's deployments that were none: elsewhere, or never successful. */
export function deploymentFacts(
  place: Place,
  walk: Walk,
  after: Aftermath,
  rules: DeploymentRules,
): readonly DeploymentFact[] {
  return [...rolloutFacts(place, walk, after), ...otherDeployments(place, walk, rules)];
}

function rolloutFacts(place: Place, walk: Walk, after: Aftermath): readonly DeploymentFact[] {
  const { rollouts } = walk;
  const commits = carriedCommits(walk);
  const changes = carriedChanges(walk);
  const patches = nextPatches(rollouts);
  const incidents = linkedIncidents(walk, after);
  return rollouts.map(({ id, url, environment, route, sha, tip, includes, createdAt, deployedAt, tag }, index) => {
    const failure = after.failures.get(index);
    const parsed = tag === null ? null : version(tag);
    return {
      ...place,
      id,
      url,
      environment,
      tier: "production",
      route,
      sha,
      isCommitKnown: tip !== -1 || includes.length > 0,
      status: "success",
      createdAt,
      deployedAt,
      previousDeployedAt: rollouts[index - 1]?.deployedAt ?? null,
      isRollback: after.rollbacks.has(index),
      isRework: after.rework.has(index),
      failedBy: failure?.signals ?? [],
      incidents: incidents.get(index) ?? [],
      recoveredAt: failure?.recoveredAt ?? null,
      commits: commits[index] ?? 0,
      changes: changes[index] ?? 0,
      isFeatureRelease: parsed !== null && parsed.patch === 0 && !parsed.prerelease,
      patchedAt: patches[index] ?? null,
    };
  });
}

/** Where releases stand in for deployments, the host's are not told of. */
function otherDeployments(
  place: Place,
  { history, graph, rollouts }: Walk,
  { production }: DeploymentRules,
): readonly DeploymentFact[] {
  const released = rollouts.some(({ tag }) => tag !== null);
  const facts: DeploymentFact[] = [];
  for (const deployment of history.deployments) {
    if (released && !isPushed(deployment)) continue;
    const deployedAt = firstSuccess(deployment);
    const tier = isProduction(deployment, production) ? "production" : "other";
    if (tier === "production" && deployedAt !== null) continue;
    const { id, url, environment, sha, createdAt } = deployment;
    facts.push({
      ...place,
      ...UNCARRIED,
      id,
      url,
      environment,
      tier,
      route: isPushed(deployment) ? "push" : "deployment",
      sha,
      isCommitKnown: graph.at.has(sha ?? ""),
      createdAt,
      deployedAt,
      status: status(deployment),
    });
  }
  return facts;
}

/** What a deployment that is no roll-out has not. */
const UNCARRIED = {
  previousDeployedAt: null,
  isRollback: false,
  isRework: false,
  failedBy: [],
  incidents: [],
  recoveredAt: null,
  commits: 0,
  changes: 0,
  isFeatureRelease: false,
  patchedAt: null,
} as const;

const STATUS: Record<Outcome, DeploymentFact["status"]> = {
  success: "success",
  failure: "failure",
  cancelled: "inactive",
  skipped: "inactive",
  running: "running",
  waiting: "running",
};

/** Success once is success; else the last word, which of several in one second is the one that ends it. */
function status(deployment: Deployment): DeploymentFact["status"] {
  if (firstSuccess(deployment) !== null) return "success";
  const said = deployment.statuses.map(({ outcome, at }) => ({ at, status: STATUS[outcome] }));
  said.sort((a, b) => b.at - a.at || Number(a.status === "running") - Number(b.status === "running"));
  return said[0]?.status ?? "running";
}

/** Per roll-out: the non-merge commits it was the first to carry. */
function carriedCommits({ graph: { commits }, rollouts, carrier }: Walk): Int32Array {
  const carried = new Int32Array(rollouts.length);
  for (const [position, { parents }] of commits.entries()) {
    const by = carrier[position] ?? -1;
    if (by !== -1 && parents.length < 2) carried[by] = (carried[by] ?? 0) + 1;
  }
  return carried;
}

/** Per roll-out: the changes it was the first to carry. */
function carriedChanges({ changeCarrier, rollouts }: Walk): Int32Array {
  const carried = new Int32Array(rollouts.length);
  for (const by of changeCarrier.values()) if (by !== -1) carried[by] = (carried[by] ?? 0) + 1;
  return carried;
}

/** Per roll-out: the ids of the incidents linked to it, false alarms included. */
function linkedIncidents({ history }: Walk, { links }: Aftermath): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const [index, { id }] of history.incidents.entries()) {
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
