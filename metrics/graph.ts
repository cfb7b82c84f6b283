/** The commit graph in flat arrays: 100,000 commits are a few megabytes, and a walk touches each of them once. */
import type { Commit } from "./events.ts";

export interface Graph {
  readonly commits: readonly Commit[];
  /** The position of a commit by its sha. */
  readonly at: ReadonlyMap<string, number>;
  /** Positions of the known parents of commit i: `parents[first[i]]` to `parents[first[i + 1] - 1]`. */
  readonly first: Int32Array;
  readonly parents: Int32Array;
  /** The position of the first parent of commit i; -1 when it has none or it is not known. */
  readonly firstParent: Int32Array;
}

/** Parents that are not among the commits (the edge of a shallow clone) are left out. */
export function graph(commits: readonly Commit[]): Graph {
  const at = new Map<string, number>();
  let edges = 0;
  for (const [index, { id, parents }] of commits.entries()) {
    at.set(id, index);
    edges += parents.length;
  }
  const first = new Int32Array(commits.length + 1);
  const parents = new Int32Array(edges);
  const firstParent = new Int32Array(commits.length).fill(-1);
  let edge = 0;
  for (const [index, commit] of commits.entries()) {
    first[index] = edge;
    for (const sha of commit.parents) {
      const parent = at.get(sha);
      if (parent === undefined) continue;
      if (sha === commit.parents[0]) firstParent[index] = parent;
      parents[edge++] = parent;
    }
  }
  first[commits.length] = edge;
  return { commits, at, first, parents: parents.subarray(0, edge), firstParent };
}

/**
 * Gives each commit to the first tip that contains it: tip i owns what is reachable from it and from no earlier tip.
 * Amortised over all tips, each commit and each edge is visited once.
 *
 * @param tips positions of commits, in the order in which they may claim; -1 claims nothing.
 * @returns per commit the index of its tip, or -1.
 */
export function claim({ commits, first, parents }: Graph, tips: readonly number[]): Int32Array {
  const owner = new Int32Array(commits.length).fill(-1);
  const stack: number[] = [];
  for (const [tip, start] of tips.entries()) {
    if (start < 0 || owner[start] !== -1) continue;
    owner[start] = tip;
    stack.push(start);
    for (let commit = stack.pop(); commit !== undefined; commit = stack.pop()) {
      const end = first[commit + 1] ?? 0;
      for (let edge = first[commit] ?? 0; edge < end; edge += 1) {
        const parent = parents[edge] ?? 0;
        if (owner[parent] !== -1) continue;
        owner[parent] = tip;
        stack.push(parent);
      }
    }
  }
  return owner;
}

/** The first-parent line from the root to `head`: each step is one integration into the branch. Empty when there is no head. */
export function firstParents({ at, firstParent }: Graph, head: string | null): readonly number[] {
  const line: number[] = [];
  let position = head === null ? -1 : (at.get(head) ?? -1);
  while (position !== -1) {
    line.push(position);
    position = firstParent[position] ?? -1;
  }
  return line.reverse();
}

/** By committer date and then by sha, so that the order of events does not matter. Unknown dates come last. */
export function isBefore(one: Commit | undefined, other: Commit | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.committedAt ?? Infinity, other.committedAt ?? Infinity];
  return a === b ? one.id < other.id : a < b;
}
