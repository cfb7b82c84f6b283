/** Merge requests. Of those that changed, commits and notes are read: two requests each, since GitLab's REST API has no batch. */
import type { Change } from "#metrics/events.ts";
import type { ProjectState } from "./cursor.ts";
import { shortened } from "./events.ts";
import { orMissing } from "./known-commits.ts";
import { news } from "./news.ts";
import type { Kind } from "./news.ts";
import { told } from "./notes.ts";
import { readAll } from "./paging.ts";
import type { MergeRequest } from "./payloads.ts";
import { actorOf } from "./people.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* changes(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { api, project } = reading;
  const kind: Kind<MergeRequest> = {
    list: (filter) => api.mergeRequests(project.id, filter),
    one: () => Promise.reject(new Error("An open merge request is in the list of updates when it changes.")),
    id: ({ iid }) => iid,
    isFinal: () => true,
  };
  for await (const { items, watermark, done } of news(kind, state.changes)) {
    const events = await Promise.all(items.map((item) => changeOf(reading, item)));
    const there = events.filter((event) => event !== null);
    yield step({ ...state, changes: watermark }, there, { done });
  }
}

/** `null` when it was deleted since it was listed. */
async function changeOf(reading: Reading, mergeRequest: MergeRequest): Promise<Change | null> {
  const { api, project, place, pseudonym, host } = reading;
  const { iid, state, created_at, merged_at, closed_at, author } = mergeRequest;
  const [commits, notes] = await Promise.all([
    orMissing(
      api,
      project.id,
      readAll(api.mergeRequestCommits(project.id, iid), ({ id }) => id),
    ),
    orMissing(
      api,
      project.id,
      readAll(api.notes(project.id, iid), ({ id }) => id),
    ),
  ]);
  if (notes === null) return null;
  const { readyAt, reopenedAt, mergedAt, reviews } = told(mergeRequest, notes.items, reading);
  // Very old merge requests do not say when they were merged; their notes do.
  const merged = state === "merged" ? (merged_at ?? mergedAt ?? closed_at) : null;
  return {
    kind: "change",
    ...place,
    id: String(iid),
    number: iid,
    url: mergeRequest.web_url,
    title: shortened(mergeRequest.title),
    ...actorOf(author, pseudonym, host),
    labels: mergeRequest.labels,
    targetBranch: mergeRequest.target_branch,
    sourceBranch: null,
    requestedAt: null,
    openedAt: created_at,
    readyAt,
    mergedAt: merged,
    closedAt: state === "opened" ? null : (closed_at ?? merged),
    reopenedAt,
    mergeCommit: merged === null ? null : mergeCommitOf(mergeRequest),
    commits: (commits?.items ?? []).map(({ id, authored_date }) => ({ sha: id, authoredAt: authored_date })),
    reviews,
    additions: null,
    deletions: null,
    paths: null,
    truncated: commits === null || !commits.complete || !notes.complete,
  };
}

/** A merge commit; else the squashed one, else (fast-forward) the last one of the branch. */
function mergeCommitOf({ merge_commit_sha, squash_commit_sha, sha }: MergeRequest): string | null {
  return merge_commit_sha ?? squash_commit_sha ?? sha ?? null;
}
