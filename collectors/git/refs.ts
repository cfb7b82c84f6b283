/** Branches and tags by name, without looking at what they point to: cheap for any number of them. */
import { texts } from "./bytes.ts";
import { read } from "./run.ts";
import type { Git } from "./run.ts";

export interface Refs {
  readonly branches: ReadonlyMap<string, string>;
  /** Branches as `origin` last had them. */
  readonly originBranches: ReadonlyMap<string, string>;
  /** Tags with the id of the object they name: a tag object or directly a commit, a tree, a blob. */
  readonly tags: ReadonlyMap<string, string>;
  /** The branch HEAD names, if it has a commit. */
  readonly checkedOut: string | null;
  /** The branch that `origin` calls its default. */
  readonly originDefault: string | null;
}

const ORIGIN = "refs/remotes/origin/";

export async function readRefs(git: Git): Promise<Refs> {
  const branches = new Map<string, string>();
  const originBranches = new Map<string, string>();
  const tags = new Map<string, string>();
  let checkedOut: string | null = null;
  let originDefault: string | null = null;
  for (const { id, current, name, target } of await list(git)) {
    if (name === `${ORIGIN}HEAD`) originDefault = target.startsWith(ORIGIN) ? target.slice(ORIGIN.length) : null;
    else if (name.startsWith("refs/heads/")) branches.set(name.slice(11), id);
    else if (name.startsWith(ORIGIN)) originBranches.set(name.slice(ORIGIN.length), id);
    else if (name.startsWith("refs/tags/")) tags.set(name.slice(10), id);
    if (current) checkedOut = name.slice(11);
  }
  return { branches, originBranches, tags, checkedOut, originDefault };
}

interface Ref {
  readonly id: string;
  readonly current: boolean;
  readonly name: string;
  /** What a symbolic ref names; empty for others. */
  readonly target: string;
}

async function list(git: Git): Promise<Ref[]> {
  const format = "--format=%(objectname) %(HEAD) %(symref) %(refname)";
  const output = await read(git, ["for-each-ref", format, "refs/heads", "refs/tags", "refs/remotes/origin"]);
  return texts(output, "\n").map((line) => {
    const [id = "", ...rest] = line.split(" ");
    // `%(HEAD)` is a star or a blank of its own.
    const current = rest[0] === "*";
    const [target = "", name = ""] = current ? rest.slice(1) : rest.slice(2);
    return { id, current, name, target };
  });
}
