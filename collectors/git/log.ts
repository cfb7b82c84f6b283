/** The one pass over the history: commits as git prints them, parsed while it prints. */
import { StringDecoder } from "node:string_decoder";
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import { explain } from "./explain.ts";
import { stream } from "./run.ts";
import type { Git } from "./run.ts";

export interface LoggedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authoredAt: Instant | null;
  readonly committedAt: Instant | null;
  /** Through the mailmap, as is the address; empty when unknown. */
  readonly name: string;
  readonly email: string;
  readonly message: string;
}

/** Fields end with NUL, which no commit can contain: git ends a message at its first. */
const FORMAT = "%H%x00%P%x00%at%x00%ct%x00%aN%x00%aE%x00%B";
const FIELDS = 7;
const SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Where a bare repository has its mailmap; others have it in their working tree. */
export const MAILMAP = "HEAD:.mailmap";

/** The last second a `Date` can hold. */
const LAST_SECOND = 8.64e12;

export interface Range {
  /** Commits whose history is wanted. */
  readonly from: readonly string[];
  /** Commits and tags whose history is known; all must exist. */
  readonly known: readonly string[];
  /** Where to find the mailmap of a bare repository; `null` uses none there. Other repositories use their working tree's. */
  readonly mailmap: string | null;
}

/** Commits in `from` that are not in `known`, newest first as git orders them, in portions as they arrive. */
export async function* readLog(git: Git, { from, known, mailmap }: Range): AsyncGenerator<LoggedCommit[]> {
  const wanted = new Set(from);
  for (const sha of known) wanted.delete(sha);
  // Without a commit to start from, git would start from HEAD.
  if (wanted.size === 0) return;
  const input = [...wanted, ...known.map((sha) => `^${sha}`), ""].join("\n");
  const args = ["log", "--stdin", "-z", "--no-notes", "--no-color", "--encoding=UTF-8", `--format=${FORMAT}`];
  const fields = new FieldReader(git.source);
  for await (const chunk of stream(git, ["-c", `mailmap.blob=${mailmap ?? ""}`, ...args], input)) {
    const commits = fields.read(chunk);
    if (commits.length > 0) yield commits;
  }
  fields.end();
}

/** Seconds as git prints them. Anything that is no whole number a `Date` can hold (negative, missing, 10²⁰) is unknown; 0 is 1970. */
export function instant(seconds: string): Instant | null {
  if (!/^\d{1,13}$/.test(seconds)) return null;
  const number = Number(seconds);
  return number <= LAST_SECOND ? number * SECOND : null;
}

/** Cuts a stream of bytes into commits; keeps what is not complete yet. */
class FieldReader {
  readonly #source: string;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(source: string) {
    this.#source = source;
  }

  read(chunk: Buffer): LoggedCommit[] {
    const text = this.#decoder.write(chunk);
    // Long messages arrive in many pieces; they are searched only once they end.
    if (!text.includes("\0")) {
      this.#rest += text;
      return [];
    }
    const fields = (this.#rest + text).split("\0");
    const complete = fields.length - 1 - ((fields.length - 1) % FIELDS);
    const commits: LoggedCommit[] = [];
    for (let at = 0; at < complete; at += FIELDS) commits.push(this.#commit(fields, at));
    this.#rest = fields.slice(complete).join("\0");
    return commits;
  }

  /** A history that stops in the middle of a commit was not read whole, whatever git's exit code says. */
  end(): void {
    if (this.#rest !== "") throw explain(this.#source, 0, "corrupt output: the last commit is cut off");
  }

  #commit(fields: readonly string[], at: number): LoggedCommit {
    const [sha = "", parents = "", authored = "", committed = "", name = "", email = "", message = ""] = fields.slice(
      at,
      at + FIELDS,
    );
    if (!SHA.test(sha)) throw explain(this.#source, 0, `corrupt output: “${sha.slice(0, 80)}” is not a commit`);
    return {
      sha,
      parents: parents === "" ? [] : parents.split(" "),
      authoredAt: instant(authored),
      committedAt: instant(committed),
      name,
      email,
      message,
    };
  }
}
