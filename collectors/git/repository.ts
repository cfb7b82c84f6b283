/** A repository on this machine: where it is, and what about it decides how it is read. */
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { hostError } from "./explain.ts";
import { attempt, read } from "./run.ts";
import type { Git } from "./run.ts";

export interface Opened {
  readonly bare: boolean;
  /** Which commits a shallow clone stops at, as a fingerprint; `null` when the history is whole. */
  readonly shallow: string | null;
}

/**
 * The folder that stands for the repository a path lies in, so that `.`, `src` and `.git` are one source.
 * A path in no repository stands for itself: reading it will say what is wrong.
 */
export function repositoryFolder(path: string): string {
  const start = realPath(path);
  // A misspelt path must not become the repository around it.
  if (start === null) return resolve(path);
  if (basename(start) === ".git") return dirname(start);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git")) || isBare(folder)) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** `null` for what is not there, or lies where this user may not look. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function isBare(folder: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)));
}

/** @throws HostError when there is nothing that git can read. */
export async function open(git: Git): Promise<Opened> {
  const args = ["rev-parse", "--is-bare-repository", "--is-shallow-repository", "--git-common-dir"];
  const text = (await read(git, args)).toString("utf8");
  const [bare, shallow, ...rest] = text.trimEnd().split("\n");
  return {
    bare: bare === "true",
    shallow: shallow === "true" ? await fingerprint(git, rest.join("\n")) : null,
  };
}

/** Fails with a sentence before git fails with a riddle: to git, a folder it may not enter is just no repository. */
export async function mustBeReadable(source: string, folder: string): Promise<void> {
  try {
    await access(folder);
    if (existsSync(join(folder, ".git"))) await access(join(folder, ".git", "."));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EACCES")) return;
    throw hostError(
      source,
      "auth",
      "the user who runs Headway may not read it",
      "Give that user the right to read the folder and everything in it.",
      error,
    );
  }
}

/** @throws HostError when git is older than what is used here. */
export async function mustBeRecent(git: Git): Promise<void> {
  const said = (await read({ ...git, where: [] }, ["--version"])).toString("utf8").trim();
  const [, major, minor] = /(\d+)\.(\d+)/.exec(said) ?? [];
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 25)) return;
  throw hostError(
    git.source,
    "unavailable",
    `${said === "" ? "git" : said} is too old to tell shallow clones and to leave out file contents`,
    "Install git 2.25 or newer and sync again.",
  );
}

/** The address it was cloned from; `null` without one. */
export async function originOf(git: Git): Promise<string | null> {
  const { code, stdout } = await attempt(git, ["config", "--get", "remote.origin.url"]);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}

async function fingerprint({ where }: Git, commonFolder: string): Promise<string> {
  const boundary = await readFile(join(resolve(where.at(-1) ?? "", commonFolder), "shallow"));
  return createHash("sha256").update(boundary).digest("hex");
}
