/** Tags that finally point to a commit. Which of them are releases is a rule, applied when facts are derived. */
import type { Instant } from "#metrics/time.ts";
import { explain } from "./explain.ts";
import { instant } from "./log.ts";
import { headers, types } from "./objects.ts";
import type { Header } from "./objects.ts";
import type { Git } from "./run.ts";

export interface Tag {
  readonly name: string;
  /** The commit; `null` when the tag names a tree or a blob, which nobody releases. */
  readonly sha: string | null;
  /** The tagger's date, else (no tagger, a plain tag) that of the next tag or commit it points to. */
  readonly at: Instant | null;
}

/** @param named names with the ids of the objects they name. */
export async function resolveTags(git: Git, named: readonly (readonly [name: string, id: string])[]): Promise<Tag[]> {
  const objects = await follow(git, [...new Set(named.map(([, id]) => id))]);
  return named.map(([name, id]) => ({ name, ...endOf(id, objects) }));
}

/** A commit, or a tag with what it points to. */
interface Dated {
  readonly target: { readonly id: string; readonly type: string };
  readonly at: Instant | null;
}

/** What the ids stand for, and what that points to, as far as needed to know the commit and a date. Files and folders are left out. */
async function follow(git: Git, ids: readonly string[]): Promise<Map<string, Dated>> {
  const found = new Map<string, Dated>();
  let wanted = new Set(await dateable(git, ids));
  while (wanted.size > 0) {
    const next = new Set<string>();
    for await (const header of headers(git, [...wanted])) {
      const dated = toDated(header);
      const { id, type } = dated.target;
      found.set(header.id, dated);
      if (id !== header.id && (type === "tag" || (type === "commit" && dated.at === null))) next.add(id);
    }
    wanted = next;
  }
  return found;
}

async function dateable(git: Git, ids: readonly string[]): Promise<string[]> {
  const found = await types(git, ids);
  const lost = ids.find((_, index) => found[index] === null);
  if (lost !== undefined) throw explain(git.source, 0, `missing object: ${lost}`);
  return ids.filter((_, index) => found[index] === "commit" || found[index] === "tag");
}

function toDated({ id, type, text }: Header): Dated {
  const at = instant(/^(?:tagger|committer) .*> *(\d+) [+-]/m.exec(text)?.[1] ?? "");
  const [, target, targetType] = /^object ([0-9a-f]+)\ntype (\w+)\n/.exec(text) ?? [];
  if (type === "tag" && target !== undefined && targetType !== undefined)
    return { target: { id: target, type: targetType }, at };
  return { target: { id, type }, at };
}

function endOf(id: string, objects: ReadonlyMap<string, Dated>): Omit<Tag, "name"> {
  let at: Instant | null = null;
  let [end, type] = [id, "blob"];
  for (let object = objects.get(id); object !== undefined; object = objects.get(end)) {
    at ??= object.at;
    if (end === object.target.id) break;
    ({ id: end, type } = object.target);
  }
  const isCommit = type === "commit" || objects.get(end)?.target.type === "commit";
  return isCommit ? { sha: end, at } : { sha: null, at: null };
}
