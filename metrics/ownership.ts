/** Which commits and changes of a repository belong to a service that is a part of it. */
import { copies } from "./direct-pushes.ts";
import type { Change } from "./events.ts";
import { fileMatcher } from "./globs.ts";
import type { Graph } from "./graph.ts";
import type { History } from "./history.ts";
import type { Mainline } from "./integrations.ts";
import type { Integrations } from "./walk.ts";

export interface Ownership {
  /** Per commit: 1 when it belongs to the service. */
  readonly commits: Uint8Array;
  /** The numbers of the changes that do. */
  readonly changes: ReadonlySet<number>;
  /** Non-merge commits of the default branch that nobody can place, because nobody knows which files they changed. */
  readonly unknown: number;
}

/** What is known of a commit or a change: that it is another's, that it is this service's, or nothing. */
const [FOREIGN, OWN, UNKNOWN] = [0, 1, 2];

/**
 * A commit belongs to a service when it changed one of its files; where these were not read, when a change that it is part of did. A
 * change belongs by its own files; where these were not read, by those of its commits.
 *
 * @param paths globs.
 */
export function ownership(
  paths: readonly string[],
  history: History,
  graph: Graph,
  onDefault: Uint8Array,
  mainline: Mainline,
  integrations: Integrations,
): Ownership {
  const judge = judgeOf(paths);
  const commits = Uint8Array.from(graph.commits, (commit) => judge(commit.paths));
  const members = membersOf(history, graph, mainline, integrations);
  const read = new Map(history.changes.map((change) => [change.number, judge(change.paths)]));
  const changes = new Map<number, number>();
  for (const [number, positions] of members) {
    const own = read.get(number) ?? UNKNOWN;
    changes.set(number, own === UNKNOWN ? fromAll(positions.map((position) => commits[position])) : own);
  }
  for (const [position, verdict] of fallbacks(members, changes, commits)) commits[position] = verdict;
  let unknown = 0;
  for (const [position, verdict] of commits.entries()) {
    const isMerge = (graph.commits[position]?.parents.length ?? 0) > 1;
    if (verdict === UNKNOWN && onDefault[position] === 1 && !isMerge) unknown += 1;
  }
  const own = [...changes].filter(([, verdict]) => verdict === OWN).map(([number]) => number);
  return { commits: commits.map((verdict) => (verdict === OWN ? 1 : 0)), changes: new Set(own), unknown };
}

/** Each path is matched once: most of them come again and again. */
function judgeOf(paths: readonly string[]): (files: readonly string[] | null) => number {
  const isMeant = fileMatcher(paths);
  const known = new Map<string, boolean>();
  const isOwn = (file: string): boolean => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const found = isMeant(file);
    known.set(file, found);
    return found;
  };
  return (files) => (files === null ? UNKNOWN : files.some(isOwn) ? OWN : FOREIGN);
}

/** By number of a change: the positions of its commits, of the one that brought it, of its rebased copies and of all that came with these. */
function membersOf(
  { changes }: History,
  graph: Graph,
  { integratedBy }: Mainline,
  integrations: Integrations,
): ReadonlyMap<number, readonly number[]> {
  const brought = new Map<number, number[]>([...integrations.values()].map((step) => [step, []]));
  for (const [position, step] of integratedBy.entries()) brought.get(step)?.push(position);
  const members = new Map<number, readonly number[]>();
  for (const [number, step] of integrations) members.set(number, [step, ...(brought.get(step) ?? [])]);
  for (const change of changes)
    members.set(change.number, [...(members.get(change.number) ?? []), ...saidOf(change, graph, integrations)]);
  return members;
}

function saidOf(change: Change, graph: Graph, integrations: Integrations): readonly number[] {
  const shas = [change.mergeCommit ?? "", ...change.commits.map(({ sha }) => sha)];
  const merge = integrations.get(change.number);
  return [
    ...shas.flatMap((sha) => graph.at.get(sha) ?? []),
    ...(merge === undefined ? [] : copies(graph, change, merge)),
  ];
}

/** What the changes of a commit say of it, where its own files were not read. */
function fallbacks(
  members: ReadonlyMap<number, readonly number[]>,
  changes: ReadonlyMap<number, number>,
  commits: Uint8Array,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [number, positions] of members) {
    const verdict = changes.get(number) ?? UNKNOWN;
    if (verdict === UNKNOWN) continue;
    for (const position of positions)
      if (commits[position] === UNKNOWN && found.get(position) !== OWN) found.set(position, verdict);
  }
  return found;
}

/** One that is the service's is enough; that nothing is, only all of them can say. */
function fromAll(verdicts: readonly (number | undefined)[]): number {
  if (verdicts.includes(OWN)) return OWN;
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === FOREIGN) ? FOREIGN : UNKNOWN;
}
