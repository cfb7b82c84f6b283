/** Deployments as their host records them, and as they were pushed. */
import type { Deployment } from "../events.ts";
import type { Graph } from "../graph.ts";
import { isProduction } from "../production.ts";
import { isPushed, pushedCommits } from "../pushed.ts";
import type { DeploymentRules } from "../rules.ts";
import type { Instant } from "../time.ts";
import type { Attempt, Rollout, Seen, Sighted } from "./sighting.ts";
import { positionOf, STATUS } from "./sighting.ts";

export function hosted({ history, graph }: Seen, { production }: DeploymentRules): Sighted {
  const rollouts: Rollout[] = [];
  const attempts: Attempt[] = [];
  for (const deployment of history.deployments) {
    if (isPushed(deployment)) continue;
    const deployedAt = rolledOutAt(deployment, production);
    if (deployedAt === null) attempts.push(attempt(deployment, production));
    else rollouts.push(rollout(deployment, deployedAt, graph));
  }
  return { rollouts, attempts };
}

export function pushed({ history, graph }: Seen, { production }: DeploymentRules): Sighted {
  const { commitOf, positionsOf } = pushedCommits(history, graph);
  const rollouts: Rollout[] = [];
  const attempts: Attempt[] = [];
  for (const deployment of history.deployments) {
    if (!isPushed(deployment)) continue;
    const deployedAt = rolledOutAt(deployment, production);
    if (deployedAt === null) {
      attempts.push(attempt(deployment, production));
      continue;
    }
    const { version, includedCommits } = deployment;
    const found = rollout({ ...deployment, sha: commitOf(deployment) }, deployedAt, graph);
    rollouts.push({ ...found, version, includes: positionsOf(includedCommits) });
  }
  return { rollouts, attempts };
}

/** The time of the first success in production; `null` of one that never got there. */
function rolledOutAt(deployment: Deployment, production: string | null): Instant | null {
  return isProduction(deployment, production) ? firstSuccess(deployment) : null;
}

function rollout(deployment: Deployment, deployedAt: Instant, graph: Graph): Rollout {
  const { id, url, environment, sha, createdAt, fixesVersion } = deployment;
  return {
    id,
    url,
    name: environment,
    environment,
    sha,
    createdAt,
    deployedAt,
    tip: positionOf(graph, sha),
    tag: null,
    version: null,
    fixes: fixesVersion === null ? [] : [fixesVersion],
    route: isPushed(deployment) ? "push" : "deployment",
    includes: [],
    alsoKnownAs: [],
  };
}

function attempt(deployment: Deployment, production: string | null): Attempt {
  const { id, url, environment, sha, createdAt, statuses } = deployment;
  const deployedAt = firstSuccess(deployment);
  const status = statusOf(deployment);
  return {
    id,
    url,
    environment,
    tier: isProduction(deployment, production) ? "production" : "other",
    route: isPushed(deployment) ? "push" : "deployment",
    sha,
    status,
    createdAt,
    deployedAt,
    endedAt: status === "running" ? null : Math.max(createdAt, ...statuses.map(({ at }) => at)),
  };
}

/** The time of the first success; `null` for an attempt that never got there. */
function firstSuccess({ statuses }: Deployment): Instant | null {
  let first: Instant | null = null;
  for (const { outcome, at } of statuses) if (outcome === "success" && (first === null || at < first)) first = at;
  return first;
}

/** Success once is success; else the last word, which of several in one second is the one that ends it. */
function statusOf(deployment: Deployment): Attempt["status"] {
  if (firstSuccess(deployment) !== null) return "success";
  const said = deployment.statuses.map(({ outcome, at }) => ({ at, status: STATUS[outcome] }));
  said.sort((a, b) => b.at - a.at || Number(a.status === "running") - Number(b.status === "running"));
  return said[0]?.status ?? "running";
}
