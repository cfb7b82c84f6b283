/** A history of any length in memory, for programs that measure: commits, every tenth a merge, and releases spread over them. */
import type { Commit, Release } from "#metrics/events.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import type { History } from "#metrics/history.ts";
import { createHash } from "node:crypto";

export interface Length {
  readonly commits: number;
  readonly releases: number;
  /** Between two commits, milliseconds. */
  readonly step: number;
  /** When the last commit was made. */
  readonly until: number;
}

export function aLongHistory(length: Length): History {
  const place = { source: "fake:long", repository: "long" };
  const commits: Commit[] = [];
  const releases: Release[] = [];
  const every = Math.floor(length.commits / length.releases);
  for (let index = 0; index < length.commits; index++) {
    commits.push(commitAt(index, length, place));
    if (index % every !== every - 1) continue;
    const name = `v${Math.floor(releases.length / 30)}.${Math.floor(releases.length / 3) % 10}.${releases.length % 3}`;
    releases.push({
      kind: "release",
      ...place,
      id: name,
      name,
      url: null,
      sha: sha(index),
      publishedAt: committedAt(index, length) + HOUR,
      draft: false,
      prerelease: null,
    });
  }
  const head = sha(length.commits - 1);
  const state = { url: null, defaultBranch: "main", head, archivedAt: null, truncated: false };
  return {
    repository: { kind: "repository", ...place, id: "long", ...state },
    commits,
    releases,
    changes: [],
    deployments: [],
    incidents: [],
    pipelines: [],
    alerts: [],
    layouts: [],
  };
}

function commitAt(index: number, length: Length, place: { source: string; repository: string }): Commit {
  const isMerge = index % 10 === 9;
  const takesBack = index % 97 === 96 && !isMerge;
  return {
    kind: "commit",
    ...place,
    id: sha(index),
    parents: parentsOf(index),
    author: "pseudonym-of-one",
    authorKind: index % 29 === 0 ? "bot" : "human",
    authoredAt: committedAt(index, length) - (index % 400) * 7 * MINUTE,
    committedAt: committedAt(index, length),
    title: takesBack
      ? `Revert "Change number ${index - 1} of this long history"`
      : `Change number ${index} of this long history (#${index})`,
    changeNumber: index % 3 === 0 ? index : null,
    reverts: takesBack ? [{ sha: sha(index - 1) }] : [],
    cherryPickedFrom: [],
    paths: null,
  };
}

/** Every tenth commit merges the one before it, which branched off two before that. */
function parentsOf(index: number): string[] {
  if (index === 0) return [];
  if (index % 10 === 8) return [sha(index - 2)];
  return index % 10 === 9 ? [sha(index - 2), sha(index - 1)] : [sha(index - 1)];
}

function committedAt(index: number, { commits, step, until }: Length): number {
  return until - (commits - 1 - index) * step;
}

function sha(index: number): string {
  return createHash("sha1").update(String(index)).digest("hex");
}
