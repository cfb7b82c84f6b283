/** Commits that somebody pushed to the default branch past every change. */
import type { Change } from "./events.ts";
import type { Graph } from "./graph.ts";
import type { Mainline } from "./integrations.ts";
import type { History } from "./history.ts";
import type { Integrations } from "./walk.ts";

/**
 * The positions of the steps of the default branch's first-parent line that belong to no change: they are no merge commit of one,
 * none of its commits (a fast-forward), and no copy of these beneath its merge commit (a rebase keeps author dates).
 *
 * @returns `null` where no host tells of changes: a plain git history does not say what went past them.
 */
export function directPushes(
  { changes }: History,
  graph: Graph,
  { line }: Mainline,
  integrations: Integrations,
): ReadonlySet<number> | null {
  if (changes.length === 0) return null;
  const direct = new Set(line);
  for (const change of changes) {
    const merge = integrations.get(change.number);
    if (merge === undefined) continue;
    direct.delete(merge);
    for (const { sha } of change.commits) direct.delete(graph.at.get(sha) ?? -1);
    for (const copy of copies(graph, change, merge)) direct.delete(copy);
  }
  return direct;
}

/** What lies beneath the last commit of a rebased change, as far as the author dates are its own. */
export function* copies({ at, commits }: Graph, change: Change, merge: number): Generator<number> {
  if (change.commits.length < 2) return;
  const dates = new Set(change.commits.map(({ authoredAt }) => authoredAt));
  let commit = commits[merge];
  for (let left = change.commits.length - 1; left > 0; left -= 1) {
    if (commit === undefined || commit.parents.length > 1) return;
    const below = at.get(commit.parents[0] ?? "") ?? -1;
    commit = commits[below];
    if (commit === undefined || commit.authoredAt === null || !dates.has(commit.authoredAt)) return;
    yield below;
  }
}
