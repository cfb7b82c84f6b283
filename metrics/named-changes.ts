/**
 * The changes a plain git history names: a merge or squash commit on the default branch that says which pull or merge
 * request it integrates. When they were opened and reviewed only their host knows: those fields are `null`.
 */
import type { Graph } from "./graph.ts";
import { isBefore } from "./graph.ts";
import type { Mainline } from "./integrations.ts";
import type { Instant } from "./time.ts";

export interface NamedChange {
  readonly number: number;
  /** The position of the commit that integrated it. */
  readonly commit: number;
  /** The smallest author date among the commits it brought; `null` where the graph does not say which these are. */
  readonly firstCommitAt: Instant | null;
}

/**
 * Each change once, by number. Where several commits name the same number the merge integrated it, else the earliest commit.
 *
 * @param onDefault per commit whether the default branch contains it.
 */
export function namedChanges(
  graph: Graph,
  mainline: Mainline,
  onDefault: Uint8Array,
): ReadonlyMap<number, NamedChange> {
  const brought = earliestBrought(graph, mainline);
  const changes = new Map<number, NamedChange>();
  for (const [position, commit] of graph.commits.entries()) {
    const { changeNumber, parents, authoredAt } = commit;
    if (changeNumber === null || onDefault[position] !== 1) continue;
    const known = changes.get(changeNumber);
    if (known !== undefined && !integratesRather(graph, position, known.commit)) continue;
    const alone = parents.length > 1 ? null : authoredAt;
    changes.set(changeNumber, {
      number: changeNumber,
      commit: position,
      firstCommitAt: brought.get(position) ?? alone,
    });
  }
  return changes;
}

function integratesRather({ commits }: Graph, position: number, known: number): boolean {
  const [candidate, holder] = [commits[position], commits[known]];
  if (candidate === undefined || holder === undefined) return false;
  const [merge, held] = [candidate.parents.length > 1, holder.parents.length > 1];
  if (merge !== held) return merge;
  return isBefore(candidate, holder);
}

/** Per commit of the first-parent line: the smallest author date of the non-merge commits it was the first to bring in. */
function earliestBrought(graph: Graph, { integratedBy }: Mainline): ReadonlyMap<number, Instant> {
  const earliest = new Map<number, Instant>();
  for (const [position, by] of integratedBy.entries()) {
    const commit = graph.commits[position];
    if (by === -1 || commit === undefined || commit.parents.length > 1) continue;
    const { authoredAt } = commit;
    if (authoredAt === null) continue;
    const known = earliest.get(by);
    if (known === undefined || authoredAt < known) earliest.set(by, authoredAt);
  }
  return earliest;
}
