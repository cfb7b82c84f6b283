/** Which commits of a branch were taken back, and by which. A revert must name something of this repository, found on the branch. */
import type { Commit } from "./events.ts";
import type { Graph } from "./graph.ts";
import { isBefore } from "./graph.ts";
import { ownNumbers } from "./own-numbers.ts";
import type { Walk } from "./walk.ts";

/** A non-merge commit that takes back another one. Both are positions in the list given. */
export interface Revert {
  readonly by: number;
  readonly target: number;
}

/** By which commits and changes the targets of reverts are found. */
interface Targets {
  readonly bySha: (sha: string) => number | null;
  readonly byNumber: ReadonlyMap<number, number>;
  readonly isOwnNumber: ReturnType<typeof ownNumbers>;
}

/** @param commits the commits of the default branch. */
function findReverts(commits: readonly Commit[], among: Targets): readonly Revert[] {
  const found: Revert[] = [];
  for (const [by, commit] of commits.entries()) {
    if (commit.parents.length > 1) continue;
    for (const target of targets(commit, among)) if (target !== by) found.push({ by, target });
  }
  return found;
}

/** A revert often names the same thing twice, in its title and in its body; each is taken back once. */
function targets(commit: Commit, { bySha, byNumber, isOwnNumber }: Targets): ReadonlySet<number> {
  const found = new Set<number>();
  for (const reverted of commit.reverts) {
    const target = "sha" in reverted ? bySha(reverted.sha) : byNumber.get(reverted.changeNumber);
    if (target === null || target === undefined) continue;
    if ("sha" in reverted || isOwnNumber(commit, reverted)) found.add(target);
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
export function revertsOnDefault({ history, graph, onDefault, integrations }: Walk): readonly Revert[] {
  const { commits } = graph;
  const positions: number[] = [];
  const branch: Commit[] = [];
  const local = new Map<number, number>();
  for (const [position, commit] of commits.entries()) {
    if (onDefault[position] !== 1) continue;
    local.set(position, branch.length);
    positions.push(position);
    branch.push(commit);
  }
  const byNumber = new Map<number, number>();
  for (const [number, position] of integrations) {
    const index = local.get(position);
    if (index !== undefined) byNumber.set(number, index);
  }
  const isOwnNumber = ownNumbers(history, graph, integrations);
  return findReverts(branch, { bySha: lookup(branch), byNumber, isOwnNumber }).map(({ by, target }) => ({
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
