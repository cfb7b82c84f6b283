/** What counts as a deployment of a service: the best source its host has, and the rule for it. */
import type { Deployment } from "./events.ts";
import type { Graph } from "./graph.ts";
import { isProduction } from "./production.ts";
import type { ReleaseRule } from "./releases.ts";
import { skipped } from "./releases.ts";
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
}

/**
 * Host deployments where any reached production; else published releases; else tags. Ordered by the time of success, then by id,
 * which is the order in which they claim commits.
 */
export function rollouts(
  history: History,
  rules: DeploymentRules,
  graph: Graph,
  onDefault: Uint8Array,
): readonly Rollout[] {
  const hosted = hostRollouts(history, rules, graph);
  const found = hosted.length > 0 ? hosted : releaseRollouts(history, rules.releases, graph, onDefault);
  return [...found].sort((a, b) => a.deployedAt - b.deployedAt || compareIds(a.id, b.id));
}

function hostRollouts({ deployments }: History, { production }: DeploymentRules, { at }: Graph): readonly Rollout[] {
  const found: Rollout[] = [];
  for (const deployment of deployments) {
    const deployedAt = firstSuccess(deployment);
    if (deployedAt === null || !isProduction(deployment, production)) continue;
    const { id, url, environment, sha, createdAt, fixesVersion } = deployment;
    found.push({
      id,
      url,
      environment,
      sha,
      createdAt,
      deployedAt,
      tip: position(at, sha),
      tag: null,
      isFix: fixesVersion !== null,
    });
  }
  return found;
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
  const published = releases.some(({ prerelease, draft }) => prerelease === false && !draft);
  const found: Rollout[] = [];
  for (const release of releases) {
    const { id, url, name, sha, publishedAt, prerelease } = release;
    if (published && prerelease === null) continue; // the tag of a release, or one that was never published
    const tip = position(at, sha);
    if (publishedAt === null || skipped(release, rule, onDefault[tip] === 1) !== null) continue;
    found.push({
      id,
      url,
      environment: "production",
      sha,
      createdAt: publishedAt,
      deployedAt: publishedAt,
      tip,
      tag: name,
      isFix: false,
    });
  }
  return found;
}

function position(at: ReadonlyMap<string, number>, sha: string | null): number {
  return sha === null ? -1 : (at.get(sha) ?? -1);
}

/** Numbers by size, other ids as text. */
function compareIds(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
