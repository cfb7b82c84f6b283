/** Which files commits changed. Folders are compared and no file is opened, so a clone needs no contents for it. */
import type { Commit } from "#metrics/events.ts";
import { texts } from "./bytes.ts";
import { explain } from "./explain.ts";
import { stream } from "./run.ts";
import type { Git } from "./run.ts";

/**
 * A file that was renamed is one that went and one that came. This is the plumbing beneath `git log --raw`, which compares a merge
 * with its first parent only since git 2.31, and obeys what users and repositories set for diffs.
 */
const COMPARE = "diff-tree --stdin -r --root --always -z --name-status --no-renames --ignore-submodules=none".split(
  " ",
);

/** So many paths take about the memory of the commits of a batch. */
const PATHS_PER_BATCH = 50_000;

/**
 * Commits with the paths that they changed: of a merge against its first parent, of one without parents (or where a shallow clone
 * ends) all there are. A path that is not UTF-8 is read as Latin-1.
 *
 * No list is cut, however long, since a service may be any pattern of paths; a batch that grows long ends early instead.
 *
 * @throws HostError when git cannot read a folder.
 */
export async function* withPaths(git: Git, batches: AsyncIterable<readonly Commit[]>): AsyncGenerator<Commit[]> {
  for await (const commits of batches) {
    let waiting: Commit[] = [];
    let count = 0;
    for await (const commit of compared(git, commits)) {
      waiting.push(commit);
      count += commit.paths?.length ?? 0;
      if (count < PATHS_PER_BATCH) continue;
      yield waiting;
      [waiting, count] = [[], 0];
    }
    if (waiting.length > 0) yield waiting;
  }
}

/** @throws HostError when git does not tell of exactly these, in their order: what is missing would look untouched. */
async function* compared(git: Git, commits: readonly Commit[]): AsyncGenerator<Commit> {
  let at = 0;
  for await (const { id, paths } of differences(git, commits)) {
    const commit = commits[at];
    if (commit?.id !== id) break;
    yield { ...commit, paths };
    at += 1;
  }
  const lost = commits[at];
  if (lost !== undefined) throw explain(git.source, 0, `corrupt output: nothing about ${lost.id}`);
}

/** Git says the id of a commit, then a letter and a path for each file that differs. */
async function* differences(git: Git, commits: readonly Commit[]) {
  let last: { readonly id: string; readonly paths: string[] } | null = null;
  let isPath = false;
  for await (const field of fields(git, commits)) {
    if (isPath) last?.paths.push(field);
    else if (field.length > 1) {
      if (last !== null) yield last;
      last = { id: field, paths: [] };
    }
    isPath = !isPath && field.length === 1;
  }
  if (last !== null) yield last;
}

/** Fields end with NUL, which no path can contain. */
async function* fields(git: Git, commits: readonly Commit[]): AsyncGenerator<string> {
  const input = commits.map(({ id, parents: [parent] }) => (parent === undefined ? `${id}\n` : `${id} ${parent}\n`));
  let rest = Buffer.alloc(0);
  for await (const chunk of stream(git, COMPARE, input.join(""))) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(0) + 1;
    yield* texts(bytes.subarray(0, end), "\0");
    rest = bytes.subarray(end);
  }
}
