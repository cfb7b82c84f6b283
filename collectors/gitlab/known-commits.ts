/** Which commits were seen in this run, and what of others can be found out at little cost. */
import { statusOf } from "../polite/index.ts";
import type { Api } from "./client.ts";
import { PER_PAGE } from "./paging.ts";
import type { Commit } from "./payloads.ts";

export interface KnownCommits {
  readonly seen: Set<string>;
  /** True when `seen` holds the whole default branch. */
  complete: boolean;
  /** The page of the default branch that a search for older commits reads next; `null` after the last one. */
  searched: number | null;
  /** False once the host has refused a range. */
  ranges: boolean;
}

export function noCommits(): KnownCommits {
  return { seen: new Set(), complete: false, searched: 1, ranges: true };
}

/** What is reachable from `to` and not from `from`; `null` when the host no longer has one of them. */
export async function between(
  api: Api,
  project: number,
  known: KnownCommits,
  [from, to]: readonly [from: string, to: string],
): Promise<readonly Commit[] | null> {
  if (known.ranges) {
    const range = await orNull(readRange(api, project, `${from}..${to}`));
    if (range !== null && range.length > 0) return range;
    known.ranges = range !== null;
  }
  return await orMissing(api, project, api.compare(project, from, to));
}

/** Both ends are shas, so these pages cannot shift. */
async function readRange(api: Api, project: number, range: string): Promise<Commit[]> {
  const commits: Commit[] = [];
  for (let page: number | null = 1; page !== null;) {
    const { items, next } = await api.commits(project, range)(page, PER_PAGE);
    commits.push(...items);
    page = next;
  }
  return commits;
}

/**
 * Which of these commits the default branch does not hold, as far as looking pays: a page is read only while more commits
 * are unknown than pages were read for them, since each of those costs a request of its own.
 */
export async function unknownOf(
  api: Api,
  project: number,
  known: KnownCommits,
  { head, shas }: { head: string; shas: readonly string[] },
): Promise<readonly string[]> {
  let missing = shas.filter((sha) => !known.seen.has(sha));
  for (let read = 0; !known.complete && known.searched !== null && missing.length > read; read += 1) {
    const { items, next } = await api.commits(project, head)(known.searched, PER_PAGE);
    for (const { id } of items) known.seen.add(id);
    known.searched = next;
    missing = missing.filter((sha) => !known.seen.has(sha));
  }
  return missing;
}

/** `null` where the host says that there is no such thing. */
export async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** The same, for a thing in a project: everything is missing from one that was hidden meanwhile, and that says nothing of the thing. */
export async function orMissing<Result>(api: Api, project: number, asked: Promise<Result>): Promise<Result | null> {
  const result = await orNull(asked);
  if (result === null) await api.project(project);
  return result;
}
