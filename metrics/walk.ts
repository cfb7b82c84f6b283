/** One walk over a repository's graph: what its default branch contains, which releases count, and which of them was the first to carry each commit. */
import type { Commit, Release, Repository } from "./events.ts";
import type { Graph } from "./graph.ts";
import { claim, graph } from "./graph.ts";
import type { NamedChange } from "./named-changes.ts";
import { namedChanges } from "./named-changes.ts";
import type { ReleaseRule } from "./releases.ts";
import { skipped } from "./releases.ts";
import type { Instant } from "./time.ts";

/** All that is known of one repository. */
export interface History {
  readonly repository: Repository;
  readonly commits: readonly Commit[];
  readonly releases: readonly Release[];
}

/** A release that counts. */
export interface CountedRelease {
  readonly release: Release;
  readonly deployedAt: Instant;
  /** The position of its commit; -1 when the history does not hold it. */
  readonly tip: number;
}

export interface Walk {
  readonly history: History;
  readonly graph: Graph;
  /** Per commit: 1 when the default branch contains it. */
  readonly onDefault: Uint8Array;
  /** In the order in which they claim commits: by date, then by name. */
  readonly releases: readonly CountedRelease[];
  /** Per commit: the first release that contains it, as an index of `releases`, or -1. */
  readonly carrier: Int32Array;
  readonly changes: ReadonlyMap<number, NamedChange>;
}

export function walk(history: History, rule: ReleaseRule): Walk {
  const { repository, commits } = history;
  const walked = graph(commits);
  const onDefault = reachable(walked, repository.head);
  const releases = countedReleases(history, rule, walked, onDefault);
  return {
    history,
    graph: walked,
    onDefault,
    releases,
    carrier: claim(
      walked,
      releases.map(({ tip }) => tip),
    ),
    changes: namedChanges(walked, repository.head, onDefault),
  };
}

/** 1 for each commit that the head contains. */
export function reachable(graph: Graph, head: string | null): Uint8Array {
  const owner = claim(graph, [head === null ? -1 : (graph.at.get(head) ?? -1)]);
  return Uint8Array.from(owner, (tip) => (tip === -1 ? 0 : 1));
}

function countedReleases(
  { releases }: History,
  rule: ReleaseRule,
  { at }: Graph,
  onDefault: Uint8Array,
): readonly CountedRelease[] {
  const counted: CountedRelease[] = [];
  for (const release of releases) {
    const { sha, publishedAt } = release;
    const tip = sha === null ? -1 : (at.get(sha) ?? -1);
    if (publishedAt === null || skipped(release, rule, onDefault[tip] === 1) !== null) continue;
    counted.push({ release, deployedAt: publishedAt, tip });
  }
  return counted.sort((a, b) => a.deployedAt - b.deployedAt || (a.release.id < b.release.id ? -1 : 1));
}
