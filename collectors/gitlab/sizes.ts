/**
 * How many lines merged changes added and deleted.
 *
 * GitLab counts a merge commit against its first parent (`git diff --numstat sha^ sha`), which is the branch as it was: so the
 * merge commit, and the squashed one, tell all that the change did there. Commits that were fast-forwarded are added up.
 */
import type { Instant } from "#metrics/time.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import { commitPage, remember } from "./known-commits.ts";
import type { Size } from "./known-commits.ts";
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

/** `null` unless all of them are known. */
export function sizeOf({ known }: Asking, tellings: readonly Telling[]): Size | null {
  let [additions, deletions] = [0, 0];
  for (const { sha } of tellings) {
    const size = known.sizes.get(sha);
    if (size === undefined) return null;
    additions += size.additions;
    deletions += size.deletions;
  }
  return tellings.length === 0 ? null : { additions, deletions };
}

/**
 * Looks up sizes that did not come with the commits of this run: of changes that are touched long after their merge. The stretch
 * of the branch around them is read while that is cheaper than asking for each.
 *
 * @param head the end of the default branch.
 */
export async function lookUpSizes(reading: Asking, head: string, tellings: readonly Telling[]): Promise<void> {
  const { api, project, known } = reading;
  const missing = () => tellings.filter(({ sha }) => !known.sizes.has(sha));
  const around = stretch(missing());
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

function stretch(tellings: readonly Telling[]) {
  const instants = tellings.map(({ at }) => at);
  const [since, until] = [Math.min(...instants) - BEFORE, Math.max(...instants) + MINUTE];
  return { firstParent: true, ...(tellings.length > 0 && { since, until }) };
}
