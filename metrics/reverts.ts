/** Which commits of a branch were taken back, and by which. A revert must name something found on the branch: quoted text of other repositories is none. */
import type { Commit, Reverted } from "./events.ts";
import type { Graph } from "./graph.ts";
import { isBefore } from "./graph.ts";
import type { Walk } from "./walk.ts";

/** A non-merge commit that takes back another one. Both are positions in the list given. */
export interface Revert {
  readonly by: number;
  readonly target: number;
}

/**
 * @param commits the commits of the default branch.
 * @param changes the position of the commit that integrated a change, by the change's number.
 */
function findReverts(commits: readonly Commit[], changes: ReadonlyMap<number, number>): readonly Revert[] {
  const bySha = lookup(commits);
  const found: Revert[] = [];
  for (const [by, { parents, reverts }] of commits.entries()) {
    if (parents.length > 1) continue;
    for (const target of targets(reverts, bySha, changes)) if (target !== by) found.push({ by, target });
  }
  return found;
}

/** A revert often names the same thing twice, in its title and in its body; each is taken back once. */
function targets(
  reverts: readonly Reverted[],
  bySha: (sha: string) => number | null,
  changes: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const reverted of reverts) {
    const target = "sha" in reverted ? bySha(reverted.sha) : changes.get(reverted.changeNumber);
    if (target !== null && target !== undefined) found.add(target);
  }
  return found;
}

/** Finds a commit by its sha or an unambiguous beginning of it. The sorted list is made only when an abbreviation is met. */
export function lookup(commits: readonly Commit[]): (sha: string) => number | null {
  const exact = new Map(commits.map(({ id }, position) => [id, position]));
  let sorted: string[] | null = null;
  return (sha) => {
    const known = exact.get(sha);
    if (known !== undefined) return known;
    sorted ??= [...exact.keys()].sort();
    const index = lowerBound(sorted, sha);
    const [match, next] = [sorted[index], sorted[index + 1]];
    if (match === undefined || !match.startsWith(sha) || next?.startsWith(sha) === true) return null;
    return exact.get(match) ?? null;
  };
}

/** The first index whose text is not before `text`. */
function lowerBound(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The reverts of the default branch, by positions in the whole graph. */
export function revertsOnDefault({
  graph: { commits },
  onDefault,
  integrations,
}: Pick<Walk, "graph" | "onDefault" | "integrations">): readonly Revert[] {
  const positions: number[] = [];
  const branch: Commit[] = [];
  const local = new Map<number, number>();
  for (const [position, commit] of commits.entries()) {
    if (onDefault[position] !== 1) continue;
    local.set(position, branch.length);
    positions.push(position);
    branch.push(commit);
  }
  const changes = new Map<number, number>();
  for (const [number, position] of integrations) {
    const index = local.get(position);
    if (index !== undefined) changes.set(number, index);
  }
  return findReverts(branch, changes).map(({ by, target }) => ({
    by: positions[by] ?? -1,
    target: positions[target] ?? -1,
  }));
}

/** By position of each commit taken back: the first commit that did it. */
export function firstReverts({ commits }: Graph, found: readonly Revert[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const { by, target } of found) {
    const known = first.get(target);
    if (known === undefined || isBefore(commits[by], commits[known])) first.set(target, by);
  }
  return first;
}
