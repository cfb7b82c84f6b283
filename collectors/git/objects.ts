/** Single objects by their names, read in bulk through `git cat-file`. */
import { explain } from "./explain.ts";
import { read, stream } from "./run.ts";
import type { Git } from "./run.ts";

/** What kind of object each name stands for, in order; `null` for those that are not there. */
export async function types(git: Git, ids: readonly string[]): Promise<(string | null)[]> {
  if (ids.length === 0) return [];
  const text = await read(git, ["cat-file", "--batch-check=%(objecttype)"], `${ids.join("\n")}\n`);
  const answers = text.toString("latin1").split("\n").slice(0, ids.length);
  return answers.map((answer) => (/^(commit|tag|tree|blob)$/.test(answer) ? answer : null));
}

/** Those that are still in the repository. */
export async function existing(git: Git, ids: readonly string[]): Promise<string[]> {
  const found = await types(git, ids);
  return ids.filter((_, index) => found[index] !== null);
}

export interface Header {
  readonly id: string;
  readonly type: string;
  /** The lines before the message, as bytes. */
  readonly text: string;
}

/**
 * The headers of commits and tags: after `<id> <type> <size>` and a line end so many bytes and a line end, and again.
 *
 * @throws HostError when one is missing.
 */
export async function* headers(git: Git, ids: readonly string[]): AsyncGenerator<Header> {
  if (ids.length === 0) return;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream(git, ["cat-file", "--batch"], `${ids.join("\n")}\n`)) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const lineEnd = rest.indexOf("\n");
      if (lineEnd === -1) break;
      const [id = "", type = "", size] = rest.toString("latin1", 0, lineEnd).split(" ");
      if (size === undefined) throw explain(git.source, 0, `missing object: ${id} ${type}`);
      const end = lineEnd + 1 + Number(size);
      if (rest.length <= end) break;
      const body = rest.subarray(lineEnd + 1, end);
      const headerEnd = body.indexOf("\n\n");
      yield { id, type, text: body.toString("latin1", 0, headerEnd === -1 ? body.length : headerEnd + 1) };
      rest = rest.subarray(end + 1);
    }
  }
}
