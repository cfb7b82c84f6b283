/** Events by name, as a collector would hand them over. */
import type { Batch } from "#collectors/collector.ts";
import type { Change, Commit, Release, Repository } from "#metrics/events.ts";
import { at } from "./fake-host.ts";

const place = { source: "fake:shop", repository: "shop" };

export function aBatch(draft: Partial<Batch> = {}): Batch {
  return { events: [], removed: [], notices: [], cursor: null, progress: null, ...draft };
}

export function aRepositoryEvent(draft: Partial<Repository> = {}): Repository {
  return {
    kind: "repository",
    ...place,
    id: "shop",
    url: null,
    defaultBranch: "main",
    head: null,
    archivedAt: null,
    truncated: false,
    ...draft,
  };
}

export function aCommit(draft: Partial<Commit> = {}): Commit {
  return {
    kind: "commit",
    ...place,
    id: "c1",
    parents: [],
    author: null,
    authorKind: "human",
    authoredAt: at("2026-01-01"),
    committedAt: at("2026-01-01"),
    title: "Add a thing",
    changeNumber: null,
    reverts: [],
    cherryPickedFrom: [],
    paths: null,
    ...draft,
  };
}

export function aRelease(draft: Partial<Release> = {}): Release {
  const name = draft.name ?? "v1.0.0";
  return {
    kind: "release",
    ...place,
    id: name,
    name,
    url: null,
    sha: "c1",
    publishedAt: at("2026-01-02"),
    draft: false,
    prerelease: null,
    ...draft,
  };
}

export function aChange(draft: Partial<Change> = {}): Change {
  return {
    kind: "change",
    ...place,
    id: "1",
    number: 1,
    url: null,
    title: "Add a thing",
    author: null,
    authorKind: "human",
    labels: [],
    targetBranch: "main",
    sourceBranch: null,
    requestedAt: null,
    openedAt: at("2026-01-01"),
    readyAt: null,
    mergedAt: null,
    closedAt: null,
    reopenedAt: [],
    mergeCommit: null,
    commits: [],
    reviews: [],
    additions: null,
    deletions: null,
    paths: null,
    truncated: false,
    ...draft,
  };
}
