/** What is read of one merge request: its commits and notes, two requests, since GitLab's REST API has no batch; a third for its files where they are wanted. */
import type { IssueName } from "./closing.ts";
import { closes } from "./closing.ts";
import { orHidden, orMissing } from "./missing.ts";
import { told } from "./notes.ts";
import type { Told } from "./notes.ts";
import { readAll } from "./paging.ts";
import type { Whole } from "./paging.ts";
import type { Commit, Diff, MergeRequest } from "./payloads.ts";
import type { Reading } from "./reading.ts";
import type { Merged } from "./sizes.ts";

export interface Parts {
  readonly mergeRequest: MergeRequest;
  readonly told: Told;
  /** `null` when the branch is gone and nobody knows. */
  readonly commits: Whole<Commit> | null;
  readonly hasAllNotes: boolean;
  readonly paths: readonly string[] | null;
  readonly closes: readonly IssueName[];
  /** What tells of its size; nothing while it is not on the default branch. */
  readonly merged: Merged;
}

/** Longer pages of diffs make some versions fail. */
const DIFFS_PER_PAGE = 30;

/** `null` when it was deleted since it was listed. */
export async function partsOf(reading: Reading, mergeRequest: MergeRequest): Promise<Parts | null> {
  const { api, project, wants } = reading;
  const { iid } = mergeRequest;
  const [commits, notes, paths] = await Promise.all([
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
    wants.paths ? pathsOf(reading, iid) : null,
  ]);
  if (notes === null) return null;
  return {
    mergeRequest,
    told: told(mergeRequest, notes.items, reading),
    commits,
    hasAllNotes: notes.complete,
    paths,
    closes: closesOf(reading, mergeRequest, commits?.items ?? []),
    merged: mergedOf(reading, mergeRequest, commits?.items ?? []),
  };
}

/** Versions before 15.7 do not list them. */
async function pathsOf({ api, project }: Reading, iid: number): Promise<readonly string[] | null> {
  const diffs = readAll(
    api.mergeRequestDiffs(project.id, iid),
    ({ old_path, new_path }) => `${old_path}\n${new_path}`,
    [DIFFS_PER_PAGE],
  );
  const read = await orHidden(diffs);
  return read === null ? null : filesOf(read.items);
}

/** A file that was renamed is one that went and one that came. */
export function filesOf(diffs: readonly Diff[]): readonly string[] {
  return [...new Set(diffs.flatMap(({ old_path, new_path }) => [old_path, new_path]))];
}

/** As GitLab closes issues itself: by title, description and the messages of commits, once it is on the default branch. */
function closesOf(
  { project, options: { requests, url } }: Reading,
  { title, description, target_branch }: MergeRequest,
  commits: readonly Commit[],
): readonly IssueName[] {
  if (!requests || target_branch !== project.default_branch) return [];
  const text = [title, description ?? "", ...commits.map(({ message }) => message)].join("\n");
  return closes(text, { project: project.path_with_namespace, url });
}

function mergedOf({ project }: Reading, mergeRequest: MergeRequest, commits: readonly Commit[]): Merged {
  const { state, merged_at, updated_at, target_branch, merge_commit_sha, squash_commit_sha } = mergeRequest;
  if (state !== "merged" || target_branch !== project.default_branch) return { tellings: [], own: [] };
  const at = merged_at ?? updated_at;
  const own = commits.map(({ id, committed_date }) => ({ sha: id, at: committed_date ?? at }));
  const sha = merge_commit_sha ?? squash_commit_sha ?? null;
  return sha === null ? { tellings: own, own: [] } : { tellings: [{ sha, at }], own };
}
