/** Which commits were seen in this run, and what of others can be found out at little cost. */
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import type { Api, CommitFilter } from "./client.ts";
import { orMissing, orNull } from "./missing.ts";
import { PER_PAGE } from "./paging.ts";
import type { Page } from "./paging.ts";
import type { Commit } from "./payloads.ts";

/** Lines added and deleted. */
export interface Size {
  readonly additions: number;
  readonly deletions: number;
}

export interface KnownCommits {
  readonly seen: Set<string>;
  /** By sha, of a merge against its first parent. */
  readonly sizes: Map<string, Size>;
  /** How often the host did not manage to count the lines of a page of commits. */
  uncounted: number;
  /** True when `seen` holds the whole default branch. */
  complete: boolean;
  /** The page of the default branch that a search for older commits reads next; `null` after the last one. */
  searched: number | null;
  /** False once the host has refused a range. */
  ranges: boolean;
}

export function noCommits(): KnownCommits {
  return { seen: new Set(), sizes: new Map(), uncounted: 0, complete: false, searched: 1, ranges: true };
}

/** More are looked up when they are needed: the sizes of a very long history are not held in memory. */
const SIZES = 200_000;
/** After so many pages whose lines the host did not manage to count, none are asked for. */
const UNCOUNTED = 3;

/** A page of commits, with their sizes as far as the host manages to count them: in huge repositories that may take too long. */
export async function commitPage(
  api: Api,
  project: number,
  known: KnownCommits,
  ref: string,
  page: number,
  filter: CommitFilter = {},
): Promise<Page<Commit>> {
  if (known.uncounted < UNCOUNTED) {
    const counted = await orUncounted(api.commits(project, ref, { ...filter, withStats: true })(page, PER_PAGE));
    if (counted !== null) {
      for (const commit of counted.items) remember(known, commit);
      return counted;
    }
    known.uncounted += 1;
  }
  return await api.commits(project, ref, filter)(page, PER_PAGE);
}

export function remember({ sizes }: KnownCommits, { id, stats }: Commit): void {
  if (stats === null || stats === undefined || sizes.size >= SIZES) return;
  sizes.set(id, { additions: stats.additions, deletions: stats.deletions });
}

async function orUncounted(asked: Promise<Page<Commit>>): Promise<Page<Commit> | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HostError && error.reason === "unavailable" && statusOf(error) === null) return null;
    throw error;
  }
}

/** What is reachable from `to` and not from `from`; `null` when the host no longer has one of them. */
export async function between(
  api: Api,
  project: number,
  known: KnownCommits,
  [from, to]: readonly [from: string, to: string],
): Promise<readonly Commit[] | null> {
  if (known.ranges) {
    const range = await orNull(readRange(api, project, known, `${from}..${to}`));
    if (range !== null && range.length > 0) return range;
    known.ranges = range !== null;
  }
  return await orMissing(api, project, api.compare(project, from, to));
}

/** Both ends are shas, so these pages cannot shift. */
async function readRange(api: Api, project: number, known: KnownCommits, range: string): Promise<Commit[]> {
  const commits: Commit[] = [];
  for (let page: number | null = 1; page !== null;) {
    const { items, next }: Page<Commit> = await commitPage(api, project, known, range, page);
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
