/** Headway's own copy of a remote repository: bare, without file contents, replaced as a whole or not at all. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { credentialArguments } from "./environment.ts";
import { explain, hostError } from "./explain.ts";
import { MAILMAP } from "./log.ts";
import { isLed, routeLed, routeTo } from "./route.ts";
import type { Reach } from "./route.ts";
import type { Remote } from "./remote.ts";
import { attempt, read } from "./run.ts";
import type { Git, Result } from "./run.ts";

/** What an interrupted machine leaves behind in a clone; it is made again then. */
const DAMAGED =
  /\.lock': File exists|not a git repository|'origin' does not appear|bad object|corrupt|missing necessary objects|did not send all necessary objects|invalid sha1 pointer/i;

/** Where the clone of a remote lives: readable, and different for different addresses. */
export function cloneFolder(dataFolder: string, { url, name }: Remote): string {
  const slug = name.replaceAll(/[^\w.-]+/g, "-").slice(-60);
  const hash = createHash("sha256").update(url).digest("hex").slice(0, 12);
  return join(dataFolder, "clones", `${slug}-${hash}.git`);
}

/** Brings the clone up to date: what the remote deleted is deleted, what it moved is moved. */
export async function updateClone(git: Git, remote: Remote, folder: string, reach: Reach = {}): Promise<void> {
  if (existsSync(folder)) {
    const fetched = await fetch(git, remote, folder, reach);
    if (fetched.code === 0) return;
    if (!DAMAGED.test(fetched.stderr)) throw explain(git.source, fetched.code, fetched.stderr);
  }
  await clone(git, remote, folder, reach);
}

/** Under another name first, so that a clone is whole or absent. */
async function clone(git: Git, remote: Remote, folder: string, reach: Reach): Promise<void> {
  const partial = `${folder}.partial`;
  await makeRoom(git.source, partial);
  await read(git, ["init", "--quiet", "--bare", "--template=", "--", partial]);
  const config = { ...git, where: ["--git-dir", partial] };
  await read(config, ["config", "remote.origin.url", remote.url]);
  await read(config, ["config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*"]);
  await read(config, ["config", "--add", "remote.origin.fetch", "+refs/tags/*:refs/tags/*"]);
  const { code, stderr } = await fetch(git, remote, partial, reach);
  if (code !== 0) throw explain(git.source, code, stderr);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

async function makeRoom(source: string, partial: string): Promise<void> {
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(dirname(partial), { recursive: true });
  } catch (error) {
    throw hostError(
      source,
      "unavailable",
      `${dirname(partial)} cannot be written, so there is no place for the clone`,
      "Make the data folder writable and sync again.",
      error instanceof Error ? error : undefined,
    );
  }
}

/** Branches and tags, then the default branch: what the remote's HEAD names may have changed. */
async function fetch(git: Git, remote: Remote, folder: string, reach: Reach): Promise<Result> {
  const by = (route: readonly string[]) => ({
    ...git,
    where: ["--git-dir", folder, ...credentialArguments(remote.credentials), ...route],
  });
  const look = ["ls-remote", "--symref", "origin", "HEAD"];
  let there = by(await routeTo(git.source, remote.url, reach));
  let heads = await attempt(there, look);
  if (isLed(heads.stderr)) {
    there = by(await routeLed(git.source, remote, reach));
    heads = await attempt(there, look);
  }
  if (heads.code !== 0) return heads;
  const options = ["--quiet", "--force", "--prune", "--no-tags", "--update-shallow", "--filter=blob:none"];
  const fetched = await attempt(there, ["fetch", ...options, "origin"]);
  const branch = /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(heads.stdout.toString("utf8"))?.[1];
  if (fetched.code !== 0) return fetched;
  if (branch !== undefined) await read(there, ["symbolic-ref", "HEAD", branch]);
  // The one file whose contents are wanted. Looking at it fetches it; most repositories have none.
  await attempt(there, ["cat-file", "-e", MAILMAP]);
  return fetched;
}
