/** What each step of the default branch's first-parent line brought in: a merge, a squash or a direct push. */
import type { Graph } from "./graph.ts";
import { claim, firstParents } from "./graph.ts";

/** Per commit of the graph: the position of the step that was the first to contain it; -1 outside the branch. */
export function integratedBy(graph: Graph, head: string | null): Int32Array {
  const line = firstParents(graph, head);
  return claim(graph, line).map((step) => line[step] ?? -1);
}

/** By position of each step: how many non-merge commits it brought in. A merge of nothing new brings 0. */
export function integrationSizes(graph: Graph, head: string | null): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>(firstParents(graph, head).map((position) => [position, 0]));
  for (const [position, by] of integratedBy(graph, head).entries()) {
    const merge = (graph.commits[position]?.parents.length ?? 0) > 1;
    if (by !== -1 && !merge) sizes.set(by, (sizes.get(by) ?? 0) + 1);
  }
  return sizes;
}
