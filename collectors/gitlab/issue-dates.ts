/** When the issues were opened that merge requests close. Nothing else of them is kept. */
import type { Instant } from "#metrics/time.ts";
import type { IssueName } from "./closing.ts";
import { orHidden } from "./missing.ts";
import { readAll } from "./paging.ts";
import type { Issue } from "./payloads.ts";
import type { Reading } from "./reading.ts";

/** What is known of a project's issues in this run. */
interface Dates {
  /** By number: `null` where there is no such issue to be seen. */
  readonly at: Map<number, Instant | null>;
  /** True when there is no more to be learnt: all of them were read, or none may be. */
  isWhole: boolean;
}

/** By project: its path in small letters. */
export type KnownIssues = Map<string, Dates>;

/** GitLab answers with at most as many. */
const AT_ONCE = 100;

type Asking = Pick<Reading, "api" | "project" | "issues">;

/** Notes what was learnt of the project's own issues anyway. */
export function note({ project, issues }: Asking, met: readonly Issue[]): void {
  const { at } = dates(issues, project.path_with_namespace);
  for (const { iid, created_at } of met) at.set(iid, created_at);
}

/** Looks up those that are not known yet: one request for up to 100 issues of a project. */
export async function lookUp(reading: Asking, names: readonly IssueName[]): Promise<void> {
  const wanted = new Map<string, Set<number>>();
  for (const { project, iid } of names) {
    const name = project.toLowerCase();
    wanted.set(name, (wanted.get(name) ?? new Set()).add(iid));
  }
  for (const [project, iids] of wanted) await readDates(reading, project, [...iids]);
}

/** When the first of them was opened; `null` when none is known. */
export function firstOpenedAt(issues: KnownIssues, names: readonly IssueName[]): Instant | null {
  const opened = names.map(({ project, iid }) => dates(issues, project).at.get(iid) ?? null);
  const seen = opened.filter((at) => at !== null);
  return seen.length === 0 ? null : Math.min(...seen);
}

async function readDates({ api, project, issues }: Asking, path: string, iids: readonly number[]): Promise<void> {
  const known = dates(issues, path);
  const isOwn = path === project.path_with_namespace.toLowerCase();
  const unknown = iids.filter((iid) => !known.at.has(iid));
  for (let from = 0; from < unknown.length && !known.isWhole; from += AT_ONCE) {
    const some = unknown.slice(from, from + AT_ONCE);
    const list = api.issues(isOwn ? project.id : path, { iids: some });
    const read = await orHidden(readAll(list, ({ iid }) => iid));
    // Issues may be switched off, or belong to others; but nothing is learnt from a project that was hidden meanwhile.
    if (read === null && isOwn) await api.project(project.id);
    for (const { iid, created_at } of read?.items ?? []) known.at.set(iid, created_at);
    // A host that does not narrow the list to what was asked for sends all there are.
    known.isWhole = read === null || read.items.some(({ iid }) => !some.includes(iid));
    for (const iid of some) if (!known.at.has(iid)) known.at.set(iid, null);
  }
}

function dates(issues: KnownIssues, project: string): Dates {
  const name = project.toLowerCase();
  const known = issues.get(name) ?? { at: new Map<number, Instant | null>(), isWhole: false };
  issues.set(name, known);
  return known;
}
