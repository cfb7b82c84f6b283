/** When the issues were opened that merge requests close. Nothing else of them is kept. */
import type { Instant } from "#metrics/time.ts";
import type { IssueName } from "./closing.ts";
import { orHidden } from "./missing.ts";
import { readAll } from "./paging.ts";
import type { Issue } from "./payloads.ts";
import type { Reading } from "./reading.ts";

/** What is known in this run, by project (its path in small letters) and number: `null` where there is no such issue to be seen. */
export type KnownIssues = Map<string, Map<number, Instant | null>>;

/** GitLab answers with at most as many. */
const AT_ONCE = 100;

type Asking = Pick<Reading, "api" | "project" | "issues">;

/** Notes what was learnt of the project's own issues anyway. */
export function note({ project, issues }: Asking, met: readonly Issue[]): void {
  const known = dates(issues, project.path_with_namespace);
  for (const { iid, created_at } of met) known.set(iid, created_at);
}

/** Looks up those that are not known yet: one request for up to 100 issues of a project. */
export async function lookUp(reading: Asking, names: readonly IssueName[]): Promise<void> {
  const wanted = new Map<string, Set<number>>();
  for (const { project, iid } of names) {
    if (dates(reading.issues, project).has(iid)) continue;
    wanted.set(project, (wanted.get(project) ?? new Set()).add(iid));
  }
  for (const [project, iids] of wanted) await readDates(reading, project, [...iids]);
}

/** When the first of them was opened; `null` when none is known. */
export function firstOpenedAt(issues: KnownIssues, names: readonly IssueName[]): Instant | null {
  const opened = names.map(({ project, iid }) => dates(issues, project).get(iid) ?? null);
  const seen = opened.filter((at) => at !== null);
  return seen.length === 0 ? null : Math.min(...seen);
}

async function readDates({ api, project, issues }: Asking, path: string, iids: readonly number[]): Promise<void> {
  const known = dates(issues, path);
  const isOwn = path.toLowerCase() === project.path_with_namespace.toLowerCase();
  for (let from = 0; from < iids.length; from += AT_ONCE) {
    const some = iids.slice(from, from + AT_ONCE).filter((iid) => !known.has(iid));
    if (some.length === 0) continue;
    const asked = readAll(api.issues(isOwn ? project.id : path, { iids: some }), ({ iid }) => iid);
    // A host that does not narrow the list sends more than was asked for: then that is known as well.
    for (const { iid, created_at } of (await orHidden(asked))?.items ?? []) known.set(iid, created_at);
    for (const iid of some) if (!known.has(iid)) known.set(iid, null);
  }
  // Issues may be switched off, or belong to others; but nothing is learnt from a project that was hidden meanwhile.
  if (isOwn && iids.every((iid) => known.get(iid) === null)) await api.project(project.id);
}

function dates(issues: KnownIssues, project: string): Map<number, Instant | null> {
  const name = project.toLowerCase();
  const known = issues.get(name) ?? new Map<number, Instant | null>();
  issues.set(name, known);
  return known;
}
