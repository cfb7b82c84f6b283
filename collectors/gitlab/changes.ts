/** Merge requests, those that changed. What they have in common is looked up for a hundred of them at once. */
import type { Change } from "#metrics/events.ts";
import { partsOf } from "./change-parts.ts";
import type { Parts } from "./change-parts.ts";
import type { ProjectState } from "./cursor.ts";
import { shortened } from "./events.ts";
import { firstOpenedAt, lookUp } from "./issue-dates.ts";
import { news } from "./news.ts";
import type { Kind } from "./news.ts";
import type { MergeRequest } from "./payloads.ts";
import { actorOf } from "./people.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";
import { reopeningsOf } from "./reopenings.ts";
import type { Reopenings } from "./reopenings.ts";
import { lookUpSizes, sizeOf } from "./sizes.ts";

export async function* changes(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { api, project } = reading;
  const kind: Kind<MergeRequest> = {
    list: (filter) => api.mergeRequests(project.id, filter),
    one: () => Promise.reject(new Error("An open merge request is in the list of updates when it changes.")),
    id: ({ iid }) => iid,
    isFinal: () => true,
  };
  const reopenings = reopeningsOf(reading);
  for await (const { items, watermark, done } of news(kind, state.changes)) {
    const parts = (await Promise.all(items.map((item) => partsOf(reading, item)))).filter((part) => part !== null);
    await lookUp(
      reading,
      parts.flatMap(({ closes }) => closes),
    );
    const merged = parts.map((part) => part.merged);
    if (state.head !== null) await lookUpSizes(reading, state.head, merged);
    const isFirst = state.changes.at === null;
    const reopened = keepsSilent(parts) ? await reopenings(isFirst ? 0 : earliest(parts)) : null;
    const events = parts.map((part) => changeEvent(reading, part, reopened));
    yield step({ ...state, changes: watermark }, events, { done });
  }
}

/** Whether the host no longer writes down as notes what became of merge requests. */
function keepsSilent(parts: readonly Parts[]): boolean {
  if (parts.length === 0) return false;
  const isUntold = ({ mergeRequest, told }: Parts) => mergeRequest.state !== "opened" && !told.tellsStates;
  return parts.some(isUntold) || !parts.some(({ told }) => told.tellsStates);
}

function earliest(parts: readonly Parts[]): number {
  return Math.min(...parts.map(({ mergeRequest }) => mergeRequest.created_at));
}

function changeEvent(reading: Reading, parts: Parts, reopenings: Reopenings | null): Change {
  const { place, people, host, issues } = reading;
  const { mergeRequest, told, commits, paths } = parts;
  const { iid, state, created_at, merged_at, closed_at, author } = mergeRequest;
  // Very old merge requests do not say when they were merged; their notes do.
  const merged = state === "merged" ? (merged_at ?? told.mergedAt ?? closed_at) : null;
  const size = sizeOf(reading, parts.merged);
  return {
    kind: "change",
    ...place,
    id: String(iid),
    number: iid,
    url: mergeRequest.web_url,
    title: shortened(mergeRequest.title),
    ...actorOf(author, people, host),
    labels: mergeRequest.labels,
    targetBranch: mergeRequest.target_branch,
    sourceBranch: mergeRequest.source_branch ?? null,
    requestedAt: firstOpenedAt(issues, parts.closes),
    openedAt: created_at,
    readyAt: told.readyAt,
    mergedAt: merged,
    closedAt: state === "opened" ? null : (closed_at ?? merged),
    reopenedAt: told.reopenedAt.length > 0 ? told.reopenedAt : (reopenings?.get(iid) ?? []),
    mergeCommit: merged === null ? null : mergeCommitOf(mergeRequest),
    commits: (commits?.items ?? []).map(({ id, authored_date }) => ({ sha: id, authoredAt: authored_date })),
    reviews: told.reviews,
    additions: size?.additions ?? null,
    deletions: size?.deletions ?? null,
    paths,
    truncated: commits === null || !commits.complete || !parts.hasAllNotes,
  };
}

/** A merge commit; else the squashed one, else (fast-forward) the last one of the branch. */
function mergeCommitOf({ merge_commit_sha, squash_commit_sha, sha }: MergeRequest): string | null {
  return merge_commit_sha ?? squash_commit_sha ?? sha ?? null;
}
