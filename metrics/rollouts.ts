/** What counts as a deployment of a service: the best source its host has, and the rule for it. */
import type { Deployment } from "./events.ts";
import type { Route } from "./facts.ts";
import type { Graph } from "./graph.ts";
import { isProduction } from "./production.ts";
import { isPushed, pushedCommits } from "./pushed.ts";
import type { ReleaseRule } from "./releases.ts";
import { standIns } from "./releases.ts";
import { distinct } from "./routes.ts";
import type { Instant } from "./time.ts";
import type { History } from "./history.ts";

/** The rules by which a service's deployments are told. */
export interface DeploymentRules {
  readonly releases: ReleaseRule;
  /** A regular expression on environments; `null` leaves it to the host's tier and the usual names. */
  readonly production: string | null;
  /** How far before the first known deployment of a host commits still count as carried by it, days; 0: without limit. */
  readonly backfillDays: number;
}

/** A successful production deployment, or the release standing in for one. */
export interface Rollout {
  readonly id: string;
  readonly url: string | null;
  readonly environment: string;
  readonly sha: string | null;
  readonly createdAt: Instant;
  /** The first success; a later `inactive` undoes nothing. */
  readonly deployedAt: Instant;
  /** The position of its commit; -1 when the history does not hold it. */
  readonly tip: number;
  /** The tag's name of a release; `null` for a host's deployment. */
  readonly tag: string | null;
  /** Whether it says that it repairs another version. */
  readonly isFix: boolean;
  /** By which way it is known. */
  readonly route: Route;
  /** Positions of the commits that it says it carries, and no others; empty where its commit tells. */
  readonly includes: readonly number[];
  /** Ids of the same roll-out on other routes. */
  readonly alsoKnownAs: readonly string[];
}

/**
 * Host deployments where any reached production; else published releases; else tags. Beside them what was pushed, except for the
 * roll-outs that these know already. Ordered by the time of success, then by id, which is the order in which they claim commits.
 */
export function rollouts(
  history: History,
  rules: DeploymentRules,
  graph: Graph,
  onDefault: Uint8Array,
): readonly Rollout[] {
  const hosted = hostRollouts(history, rules, graph);
  const best = hosted.length > 0 ? hosted : releaseRollouts(history, rules.releases, graph, onDefault);
  const found = distinct([best, pushedRollouts(history, rules, graph)]);
  return [...found].sort((a, b) => a.deployedAt - b.deployedAt || compareIds(a.id, b.id));
}

function hostRollouts({ deployments }: History, rules: DeploymentRules, graph: Graph): readonly Rollout[] {
  return deployments.flatMap((deployment) => (isPushed(deployment) ? [] : rollout(deployment, rules, graph)));
}

function pushedRollouts(history: History, rules: DeploymentRules, graph: Graph): readonly Rollout[] {
  const { commitOf, positionsOf } = pushedCommits(history, graph);
  return history.deployments
    .filter(isPushed)
    .flatMap((deployment) =>
      rollout({ ...deployment, sha: commitOf(deployment) }, rules, graph, positionsOf(deployment.includedCommits)),
    );
}

/** A deployment as a roll-out; none while it was not successful in production. */
function rollout(
  deployment: Deployment,
  { production }: DeploymentRules,
  { at }: Graph,
  includes: readonly number[] = [],
): readonly Rollout[] {
  const deployedAt = firstSuccess(deployment);
  if (deployedAt === null || !isProduction(deployment, production)) return [];
  const { id, url, environment, sha, createdAt, fixesVersion } = deployment;
  const tip = position(at, sha);
  const isFix = fixesVersion !== null;
  const route = isPushed(deployment) ? "push" : "deployment";
  return [
    { id, url, environment, sha, createdAt, deployedAt, tip, tag: null, isFix, route, includes, alsoKnownAs: [] },
  ];
}

/** The time of the first success; `null` for an attempt that never got there. */
export function firstSuccess({ statuses }: Deployment): Instant | null {
  let first: Instant | null = null;
  for (const { outcome, at } of statuses) if (outcome === "success" && (first === null || at < first)) first = at;
  return first;
}

function releaseRollouts(
  { releases }: History,
  rule: ReleaseRule,
  { at }: Graph,
  onDefault: Uint8Array,
): readonly Rollout[] {
  const found: Rollout[] = [];
  for (const release of standIns(releases, rule, ({ sha }) => onDefault[position(at, sha)] === 1)) {
    const { id, url, name, sha, publishedAt, prerelease } = release;
    if (publishedAt === null) continue;
    found.push({
      id,
      url,
      environment: "production",
      sha,
      createdAt: publishedAt,
      deployedAt: publishedAt,
      tip: position(at, sha),
      tag: name,
      isFix: false,
      route: prerelease === null ? "tag" : "release",
      includes: [],
      alsoKnownAs: [],
    });
  }
  return found;
}

function position(at: ReadonlyMap<string, number>, sha: string | null): number {
  return sha === null ? -1 : (at.get(sha) ?? -1);
}

/** Numbers by size and before other ids, which are compared as text. */
function compareIds(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  const difference = isNumber ? Number(a) - Number(b) : 0;
  if (difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
