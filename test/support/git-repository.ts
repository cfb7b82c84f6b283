/**
 * Real repositories by name. Objects and refs are written as git writes them, without starting git, so that a test may
 * make hundreds of repositories, and also such as no git would make.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** Unlike a commit of the domain, this one may be nonsense: dates are what is written into the object. */
export interface CommitDraft {
  /** The branch that moves to it; `null` moves none. */
  readonly on: string | null;
  readonly message: string | Buffer;
  readonly author: string;
  readonly email: string;
  /** Seconds and zone of the author, as in `1767225600 +0000`. */
  readonly authored: string;
  readonly committed: string;
  /** Default: where `on` is. */
  readonly parents: readonly string[];
  /** All files there are then; default: none. */
  readonly tree: string;
  readonly encoding: string;
}

export interface TagDraft {
  /** What it names; default: the head of `main`. */
  readonly of: string;
  /** What the object is called that it names. */
  readonly type: "commit" | "tag" | "tree" | "blob";
  /** Whether it is an object of its own; plain tags are only names. */
  readonly annotated: boolean;
  /** Seconds and zone; empty for a tag object without tagger. */
  readonly tagged: string;
}

/** 2026-01-01T00:00Z, in seconds. */
export const newYear = 1_767_225_600;

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** An empty folder that goes away with the test. */
export function aFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "headway-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A repository without commits. */
export function aRepository({ bare = false, folder = join(aFolder(), "shop") } = {}): GitRepository {
  const gitFolder = bare ? folder : join(folder, ".git");
  for (const name of ["objects", "refs/heads", "refs/tags", "info"]) {
    mkdirSync(join(gitFolder, name), { recursive: true });
  }
  writeFileSync(join(gitFolder, "config"), `[core]\n\trepositoryformatversion = 0\n\tbare = ${bare}\n`);
  const repository = new GitRepository(folder, gitFolder);
  repository.checkout("main");
  repository.object("tree", "");
  return repository;
}

export interface TreeEntry {
  readonly name: Buffer;
  /** `100644` a file, `40000` a folder, `160000` a submodule. */
  readonly mode: string;
  readonly id: string;
}

/** The content of a tree object, in git's order: folders as if their names ended with “/”. */
export function treeOf(entries: readonly TreeEntry[]): Buffer {
  const key = ({ name, mode }: TreeEntry) => Buffer.concat([name, Buffer.from(mode === "40000" ? "/" : "")]);
  const ordered = entries.toSorted((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    ordered.flatMap(({ name, mode, id }) => [Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(id, "hex")]),
  );
}

export class GitRepository {
  readonly path: string;
  readonly gitFolder: string;
  #clock = newYear;

  constructor(path: string, gitFolder: string) {
    this.path = path;
    this.gitFolder = gitFolder;
  }

  /** Its address, for those who clone it. */
  get url(): string {
    return `file://${this.path}`;
  }

  /** Adds a commit to a branch, an hour after the one before unless told otherwise, and returns its sha. */
  commit(draft: Partial<CommitDraft> = {}): string {
    this.#clock += 3600;
    const { on = "main", message = "Add a thing", author = "Ada", email = "ada@example.com" } = draft;
    const { tree = EMPTY_TREE, encoding = "" } = draft;
    const { authored = `${this.#clock} +0000`, committed = authored } = draft;
    const head = on === null ? null : this.head(on);
    const parents = draft.parents ?? (head === null ? [] : [head]);
    const lines = [
      `tree ${tree}`,
      ...parents.map((parent) => `parent ${parent}`),
      `author ${author} <${email}> ${authored}`,
      `committer ${author} <${email}> ${committed}`,
      ...(encoding === "" ? [] : [`encoding ${encoding}`]),
    ];
    const text = Buffer.from(`${lines.join("\n")}\n\n`);
    const sha = this.object("commit", Buffer.concat([text, Buffer.from(message)]));
    if (on !== null) this.branch(on, sha);
    return sha;
  }

  commits(count: number, draft: Partial<CommitDraft> = {}): string[] {
    return Array.from({ length: count }, (_, index) => this.commit({ message: `Step ${index + 1}`, ...draft }));
  }

  /** Merges branches or commits into a branch and returns the merge's sha. */
  merge(from: readonly string[], { into = "main", message = "Merge" } = {}): string {
    const parents = [into, ...from].map((name) => this.head(name) ?? name);
    return this.commit({ on: into, message, parents });
  }

  /** Makes or moves a tag and returns the id of what it names. */
  tag(name: string, draft: Partial<TagDraft> = {}): string {
    const { of = this.head("main") ?? "", type = "commit", tagged = `${this.#clock} +0000` } = draft;
    const { annotated = draft.tagged !== undefined } = draft;
    const tagger = tagged === "" ? "" : `tagger Ada <ada@example.com> ${tagged}\n`;
    const id = annotated ? this.object("tag", `object ${of}\ntype ${type}\ntag ${name}\n${tagger}\n${name}\n`) : of;
    this.#ref(`refs/tags/${name}`, id);
    return id;
  }

  deleteTag(name: string): void {
    rmSync(join(this.gitFolder, "refs/tags", name));
  }

  /** Makes or moves a branch. */
  branch(name: string, sha: string): void {
    this.#ref(`refs/heads/${name}`, sha);
  }

  deleteBranch(name: string): void {
    rmSync(join(this.gitFolder, "refs/heads", name));
  }

  /** Moves HEAD to a branch, which need not exist, or to a commit. */
  checkout(target: string): void {
    const text = /^[0-9a-f]{40}$/.test(target) ? target : `ref: refs/heads/${target}`;
    writeFileSync(join(this.gitFolder, "HEAD"), `${text}\n`);
  }

  /** What `origin` last had: its branches, and which one it calls its default. */
  origin(branches: Readonly<Record<string, string>>, head: string | null = null): void {
    for (const [name, sha] of Object.entries(branches)) this.#ref(`refs/remotes/origin/${name}`, sha);
    if (head !== null) this.#ref("refs/remotes/origin/HEAD", `ref: refs/remotes/origin/${head}`);
  }

  head(branch: string): string | null {
    try {
      return readFileSync(join(this.gitFolder, "refs/heads", branch), "utf8").trim();
    } catch {
      return null;
    }
  }

  /** Writes files by their paths, and returns the id of the folder around them. */
  tree(files: Readonly<Record<string, string>>): string {
    const folders = new Map<string, Record<string, string>>();
    const entries: TreeEntry[] = [];
    for (const [path, content] of Object.entries(files)) {
      const [, folder = "", rest] = /^([^/]+)\/([^]+)$/.exec(path) ?? [];
      if (rest === undefined)
        entries.push({ name: Buffer.from(path), mode: "100644", id: this.object("blob", content) });
      else folders.set(folder, { ...folders.get(folder), [rest]: content });
    }
    for (const [name, inside] of folders)
      entries.push({ name: Buffer.from(name), mode: "40000", id: this.tree(inside) });
    return this.object("tree", treeOf(entries));
  }

  /** Writes an object of any content and returns its id. */
  object(type: string, content: string | Buffer): string {
    const bytes = Buffer.from(content);
    const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const id = createHash("sha1").update(whole).digest("hex");
    this.#write(this.objectFile(id), deflateSync(whole, { level: 1 }));
    return id;
  }

  objectFile(id: string): string {
    return join(this.gitFolder, "objects", id.slice(0, 2), id.slice(2));
  }

  /** Runs the real git in it. */
  git(...args: string[]): string {
    const options = ["-c", "gc.autoDetach=false", "-c", "uploadpack.allowFilter=true"];
    return execFileSync("git", [...options, ...args], { cwd: this.path, encoding: "utf8", stdio: "pipe" }).trim();
  }

  #ref(name: string, content: string): void {
    this.#write(join(this.gitFolder, name), `${content}\n`);
  }

  #write(file: string, content: string | Buffer): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
