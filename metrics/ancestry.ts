/** Which commit contains which. */
import type { Graph } from "./graph.ts";

/**
 * A number per commit that is greater than those of all its ancestors (Kahn 1962), so that most questions of ancestry are
 * answered without a walk.
 */
export function ranks({ commits, first, parents }: Graph): Int32Array {
  const children = new Int32Array(commits.length);
  for (const parent of parents) children[parent] = (children[parent] ?? 0) + 1;
  const ready: number[] = [];
  for (const [position, count] of children.entries()) if (count === 0) ready.push(position);
  const rank = new Int32Array(commits.length);
  let next = commits.length;
  for (let commit = ready.pop(); commit !== undefined; commit = ready.pop()) {
    rank[commit] = --next;
    const end = first[commit + 1] ?? 0;
    for (let edge = first[commit] ?? 0; edge < end; edge += 1) {
      const parent = parents[edge] ?? 0;
      const left = (children[parent] ?? 0) - 1;
      children[parent] = left;
      if (left === 0) ready.push(parent);
    }
  }
  return rank;
}

/** Whether `ancestor` is contained in `descendant` and is not it. Visits only commits ranked between the two. */
export function isStrictAncestor(
  { first, parents }: Graph,
  rank: Int32Array,
  ancestor: number,
  descendant: number,
): boolean {
  const lowest = rank[ancestor] ?? 0;
  if (lowest >= (rank[descendant] ?? 0)) return false;
  const seen = new Set([descendant]);
  const stack = [descendant];
  for (let commit = stack.pop(); commit !== undefined; commit = stack.pop()) {
    const end = first[commit + 1] ?? 0;
    for (let edge = first[commit] ?? 0; edge < end; edge += 1) {
      const parent = parents[edge] ?? 0;
      if (parent === ancestor) return true;
      if ((rank[parent] ?? 0) <= lowest || seen.has(parent)) continue;
      seen.add(parent);
      stack.push(parent);
    }
  }
  return false;
}
