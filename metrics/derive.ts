/** Events of one repository into the facts of its service. Pure, and the same whatever the order of the events. */
import type { Commit, Release, Repository } from "./events.ts";
import type { ChangeFact, CommitFact, DeploymentFact, ServiceFacts } from "./facts.ts";
import type { Graph } from "./graph.ts";
import { claim, firstParents, graph } from "./graph.ts";
import type { NamedChange } from "./named-changes.ts";
import { namedChanges } from "./named-changes.ts";
import type { ReleaseRule, Version } from "./releases.ts";
import { skipped, version } from "./releases.ts";
import { findReverts } from "./reverts.ts";
import type { Instant } from "./time.ts";
import { DAY, hoursBetween } from "./time.ts";

/** All that is known of one repository. */
export interface History {
  readonly repository: Repository;
  readonly commits: readonly Commit[];
  readonly releases: readonly Release[];
}

/** What deploys on its own, and the rule for its deployments. */
export interface Service {
  readonly name: string;
  readonly rule: ReleaseRule;
}

/** A deployment that carried a commit reverted by another deployment within this span has failed (DEFINITIONS: 7 × 24 h). */
const REVERTED_WITHIN = 7 * DAY;

/** A release with what its rule has already made certain. */
interface Counted {
  readonly release: Release;
  readonly deployedAt: Instant;
  readonly tip: number;
}

/** What became of the deployments: which failed by a revert, and which carried one. */
interface Aftermath {
  readonly recoveredAt: ReadonlyMap<number, Instant>;
  readonly rework: ReadonlySet<number>;
  readonly reverts: ReadonlySet<number>;
  /** The commit that took a commit back, by position. */
  readonly revertedBy: ReadonlyMap<number, number>;
}

/** The facts of a service whose releases stand in for deployments. Empty lists when there is nothing. */
export function derive(history: History, service: Service): ServiceFacts {
  const { repository, commits } = history;
  const walked = graph(commits);
  const onDefault = reachable(walked, repository.head);
  const releases = countedReleases(history, service.rule, walked, onDefault);
  const carrier = claim(walked, releases.map(({ tip }) => tip));
  const changes = namedChanges(walked, repository.head, onDefault);
  const aftermath = judge(walked, onDefault, changes, releases, carrier);
  const place = { source: repository.source, repository: repository.repository, service: service.name };

  return {
    commits: commitFacts(place, walked, repository.head, onDefault, releases, carrier, aftermath),
    changes: changeFacts(place, walked, changes, releases, carrier, aftermath),
    deployments: deploymentFacts(place, walked, changes, releases, carrier, aftermath),
  };
}

type Place = Pick<CommitFact, "source" | "repository" | "service">;

/** 1 for each commit that the head contains. */
export function reachable(graph: Graph, head: string | null): Uint8Array {
  const owner = claim(graph, [head === null ? -1 : (graph.at.get(head) ?? -1)]);
  return Uint8Array.from(owner, (tip) => (tip === -1 ? 0 : 1));
}

/** The releases that count, in the order in which they claim commits: by date, then by name. */
function countedReleases({ releases }: History, rule: ReleaseRule, { at }: Graph, onDefault: Uint8Array): readonly Counted[] {
  const counted: Counted[] = [];
  for (const release of releases) {
    const { sha, publishedAt } = release;
    const tip = sha === null ? -1 : (at.get(sha) ?? -1);
    if (publishedAt === null || skipped(release, rule, onDefault[tip] === 1) !== null) continue;
    counted.push({ release, deployedAt: publishedAt, tip });
  }
  return counted.sort((a, b) => a.deployedAt - b.deployedAt || (a.release.id < b.release.id ? -1 : 1));
}

function judge(
  { commits }: Graph,
  onDefault: Uint8Array,
  changes: ReadonlyMap<number, NamedChange>,
  releases: readonly Counted[],
  carrier: Int32Array,
): Aftermath {
  const positions: number[] = [];
  const branch: Commit[] = [];
  for (const [position, commit] of commits.entries()) {
    if (onDefault[position] !== 1) continue;
    positions.push(position);
    branch.push(commit);
  }
  const local = new Map(positions.map((position, index) => [position, index]));
  const integrations = new Map<number, number>();
  for (const { number, commit } of changes.values()) {
    const index = local.get(commit);
    if (index !== undefined) integrations.set(number, index);
  }

  const [recoveredAt, rework, reverts, revertedBy] = [new Map<number, Instant>(), new Set<number>(), new Set<number>(), new Map<number, number>()];
  for (const found of findReverts(branch, integrations)) {
    const [by, target] = [positions[found.by] ?? -1, positions[found.target] ?? -1];
    reverts.add(by);
    const earlier = revertedBy.get(target);
    if (earlier === undefined || before(commits, by, earlier)) revertedBy.set(target, by);
    const [failed, repairing] = [carrier[target] ?? -1, carrier[by] ?? -1];
    if (repairing !== -1) rework.add(repairing);
    const [carried, repaired] = [releases[failed], releases[repairing]];
    if (failed === repairing || carried === undefined || repaired === undefined) continue;
    const after = repaired.deployedAt - carried.deployedAt;
    if (after < 0 || after > REVERTED_WITHIN) continue;
    recoveredAt.set(failed, Math.min(repaired.deployedAt, recoveredAt.get(failed) ?? Infinity));
  }
  return { recoveredAt, rework, reverts, revertedBy };
}

/** Whether one commit came before another, by committer date and then by sha, so that the order of events does not matter. */
function before(commits: readonly Commit[], a: number, b: number): boolean {
  const [one, other] = [commits[a], commits[b]];
  if (one === undefined || other === undefined) return false;
  const apart = (one.committedAt ?? Infinity) - (other.committedAt ?? Infinity);
  return apart === 0 || Number.isNaN(apart) ? one.id < other.id : apart < 0;
}

function commitFacts(
  place: Place,
  walked: Graph,
  head: string | null,
  onDefault: Uint8Array,
  releases: readonly Counted[],
  carrier: Int32Array,
  { reverts }: Aftermath,
): readonly CommitFact[] {
  const integrations = new Set(firstParents(walked, head));
  const facts: CommitFact[] = [];
  for (const [position, commit] of walked.commits.entries()) {
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
  { commits }: Graph,
  changes: ReadonlyMap<number, NamedChange>,
  releases: readonly Counted[],
  carrier: Int32Array,
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
      id: `#${number}`,
      number,
      url: null,
      title: commit.title,
      authorKind: commit.authorKind,
      openedAt: null,
      readyAt: null,
      firstCommitAt,
      firstReviewAt: null,
      firstResponseAt: null,
      firstApprovalAt: null,
      mergedAt: commit.committedAt,
      closedAt: commit.committedAt,
      mergeCommit: commit.id,
      deployedAt,
      deploymentId: deployment?.release.id ?? null,
      leadTimeHours: hoursBetween(firstCommitAt, deployedAt),
      codingHours: null,
      pickupHours: null,
      reviewHours: null,
      deployHours: hoursBetween(commit.committedAt, deployedAt),
      additions: null,
      deletions: null,
      revertedBy: commits[revertedBy.get(position) ?? -1]?.id ?? null,
    });
  }
  return facts;
}

function deploymentFacts(
  place: Place,
  { commits }: Graph,
  changes: ReadonlyMap<number, NamedChange>,
  releases: readonly Counted[],
  carrier: Int32Array,
  { recoveredAt, rework }: Aftermath,
): readonly DeploymentFact[] {
  const carriedCommits = new Int32Array(releases.length);
  for (const [position, { parents }] of commits.entries()) {
    const by = carrier[position] ?? -1;
    if (by !== -1 && parents.length < 2) carriedCommits[by] = (carriedCommits[by] ?? 0) + 1;
  }
  const carriedChanges = new Int32Array(releases.length);
  for (const { commit } of changes.values()) {
    const by = carrier[commit] ?? -1;
    if (by !== -1) carriedChanges[by] = (carriedChanges[by] ?? 0) + 1;
  }
  const patches = firstPatches(releases);

  return releases.map(({ release, deployedAt }, index) => {
    const recovered = recoveredAt.get(index) ?? null;
    const parsed = version(release.name);
    const isFeatureRelease = parsed !== null && parsed.patch === 0 && !parsed.prerelease;
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
      commits: carriedCommits[index] ?? 0,
      changes: carriedChanges[index] ?? 0,
      isFeatureRelease,
      patchedAt: isFeatureRelease ? (patches.get(line(parsed)) ?? null) : null,
    };
  });
}

/** The line a patch belongs to: package, major and minor version. */
function line({ package: name, major, minor }: Version): string {
  return `${name}@${major}.${minor}`;
}

/** When each release line got its first patch. Releases come ordered, so the first one seen is the earliest. */
function firstPatches(releases: readonly Counted[]): ReadonlyMap<string, Instant> {
  const first = new Map<string, Instant>();
  for (const { release, deployedAt } of releases) {
    const parsed = version(release.name);
    if (parsed === null || parsed.patch === 0 || parsed.prerelease) continue;
    if (!first.has(line(parsed))) first.set(line(parsed), deployedAt);
  }
  return first;
}
