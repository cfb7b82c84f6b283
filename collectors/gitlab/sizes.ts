/**
 * How many lines merged changes added and deleted.
 *
 * GitLab counts a merge commit against its first parent (`git diff --numstat sha^ sha`), which is the branch as it was: so the
 * merge commit, and the squashed one, tell all that the change did there. Commits that were fast-forwarded are added up; so are
 * those of a merge commit that is gone, or that counts nothing, as `git log` counts merges.
 */
import type { Instant } from "#metrics/time.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import type { CommitFilter } from "./client.ts";
import { commitPage, remember } from "./known-commits.ts";
import type { KnownCommits, Size } from "./known-commits.ts";
import { orHidden } from "./missing.ts";
import type { Page } from "./paging.ts";
import type { Commit } from "./payloads.ts";
import type { Reading } from "./reading.ts";

/** A commit that tells of a change, and when it was made, more or less. */
export interface Telling {
  readonly sha: string;
  readonly at: Instant;
}

/** Merge commits are made a little before GitLab writes down that it has merged; those of merge trains when the train leaves. */
const BEFORE = 2 * HOUR;

type Asking = Pick<Reading, "api" | "project" | "known">;

/** The commits that tell of one change. */
export interface Merged {
  /** The one it was merged as; where it was fast-forwarded, all of its own. */
  readonly tellings: readonly Telling[];
  /** Its own, where another tells of them. */
  readonly own: readonly Telling[];
}

/** `null` unless enough of its commits are known. */
export function sizeOf({ known }: Pick<Reading, "known">, { tellings, own }: Merged): Size | null {
  const told = sum(known, tellings);
  return isClear(told) ? told : (sum(known, own) ?? told);
}

/**
 * Looks up sizes that did not come with the commits of this run: of changes that are touched long after their merge.
 *
 * @param head the end of the default branch.
 */
export async function lookUpSizes(reading: Asking, head: string, merged: readonly Merged[]): Promise<void> {
  const tellings = merged.flatMap((change) => change.tellings);
  await lookUp(reading, head, tellings, { firstParent: true });
  const unclear = merged.filter((change) => !isClear(sum(reading.known, change.tellings)));
  const own = unclear.flatMap((change) => change.own);
  await lookUp(reading, head, own, {});
}

/** The stretch of the branch around them is read while that is cheaper than asking for each. */
async function lookUp(
  reading: Asking,
  head: string,
  tellings: readonly Telling[],
  filter: CommitFilter,
): Promise<void> {
  const { api, project, known } = reading;
  const missing = () => tellings.filter(({ sha }) => !known.sizes.has(sha));
  const around = { ...filter, ...stretch(missing()) };
  let page: number | null = 1;
  for (let read = 0; page !== null && missing().length > read + 1; read += 1) {
    const answer: Page<Commit> | null = await orHidden(commitPage(api, project.id, known, head, page, around));
    page = answer?.next ?? null;
  }
  const alone = await Promise.all(missing().map(({ sha }) => orHidden(api.commit(project.id, sha))));
  for (const commit of alone) if (commit !== null) remember(known, commit);
  // Rebased commits are gone one by one; all are from a project that was hidden meanwhile, which says nothing of them.
  if (alone.includes(null)) await api.project(project.id);
}

function stretch(tellings: readonly Telling[]): CommitFilter {
  if (tellings.length === 0) return {};
  const instants = tellings.map(({ at }) => at);
  return { since: Math.min(...instants) - BEFORE, until: Math.max(...instants) + MINUTE };
}

/** `null` unless all of them are known. */
function sum({ sizes }: KnownCommits, tellings: readonly Telling[]): Size | null {
  let [additions, deletions] = [0, 0];
  for (const { sha } of tellings) {
    const size = sizes.get(sha);
    if (size === undefined) return null;
    additions += size.additions;
    deletions += size.deletions;
  }
  return tellings.length === 0 ? null : { additions, deletions };
}

function isClear(size: Size | null): size is Size {
  return size !== null && size.additions + size.deletions > 0;
}
