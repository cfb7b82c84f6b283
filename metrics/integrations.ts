/** What each step of the default branch's first-parent line brought in: a merge, a squash or a direct push. */
import type { Graph } from "./graph.ts";
import { claim, firstParents } from "./graph.ts";

export interface Mainline {
  /** Positions from the root to the head. */
  readonly line: readonly number[];
  /** Per commit of the graph: the position of the step that was the first to contain it; -1 outside the branch. */
  readonly integratedBy: Int32Array;
}

export function mainline(graph: Graph, head: string | null): Mainline {
  const line = firstParents(graph, head);
  const integratedBy = claim(graph, line);
  for (const [position, step] of integratedBy.entries()) integratedBy[position] = line[step] ?? -1;
  return { line, integratedBy };
}

/**
 * Per commit: how many non-merge commits it brought in as a step of the line (a merge of nothing new brings 0); -1 for every other commit.
 *
 * @param counts whether a commit, by its position, is one that counts.
 */
export function integrationSizes(
  { commits }: Graph,
  { line, integratedBy }: Mainline,
  counts: (position: number) => boolean,
): Int32Array {
  const sizes = new Int32Array(commits.length).fill(-1);
  for (const position of line) sizes[position] = 0;
  for (const [position, by] of integratedBy.entries()) {
    const merge = (commits[position]?.parents.length ?? 0) > 1;
    if (by !== -1 && !merge && counts(position)) sizes[by] = (sizes[by] ?? 0) + 1;
  }
  return sizes;
}
