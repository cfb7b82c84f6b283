/** Plain git: a repository on this machine, or one that is cloned without file contents. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import type { Batch, Collector, Notice, Wants } from "../collector.ts";
import { peopleOf } from "../people.ts";
import type { PeopleContext } from "../people.ts";
import { changes } from "./changes.ts";
import type { Settings, Snapshot } from "./changes.ts";
import { cloneFolder, updateClone } from "./clone.ts";
import { fromCursor, readsOtherwise } from "./cursor.ts";
import type { Bookmark } from "./cursor.ts";
import { offline, online } from "./environment.ts";
import { findCandidate, findMainline, sameCandidate } from "./mainline.ts";
import type { Candidate } from "./mainline.ts";
import type { Allowed } from "../polite/reach.ts";
import type { GitOptions } from "./options.ts";
import { readRefs } from "./refs.ts";
import type { Refs } from "./refs.ts";
import { parseRemote } from "./remote.ts";
import type { Remote } from "./remote.ts";
import { mustBeReadable, mustBeRecent, open, originOf, repositoryFolder } from "./repository.ts";
import type { Git } from "./run.ts";

export interface GitContext extends PeopleContext {
  /** Where clones are kept. */
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Addresses that may be reached although they are none of a host. */
  readonly allowed?: Allowed;
  /** What the services of a repository need, by its name. Default: nothing that costs more. */
  readonly wants?: (repository: string) => Wants;
}

/** Where the repository is and what it is called. */
interface Location {
  readonly source: string;
  readonly repository: string;
  readonly folder: string;
  readonly remote: Remote | null;
}

export function git(options: GitOptions, context: GitContext, { batchSize = 2000 } = {}): Collector {
  const location = locate(options, context);
  const settings = { people: peopleOf(context), batchSize };
  return {
    source: location.source,
    name: location.repository,
    async *collect(cursor, signal) {
      const before = fromCursor(cursor);
      const here = local(location, context.env, signal);
      if (before === null) await mustBeRecent(here);
      if (location.remote === null) await mustBeReadable(location.source, location.folder);
      else
        yield* clone(
          location,
          location.remote,
          { ...here, env: online(context.env, location.remote.credentials) },
          context.allowed ?? [],
        );
      const paths = context.wants?.(location.repository).paths ?? false;
      for await (const batch of news(location, here, { branch: options.branch ?? null, paths }, before, settings)) {
        signal.throwIfAborted();
        yield batch;
      }
    },
  };
}

/** What people call the repository: the configured name, else the folder's, else `owner/name` of its address. */
export function repositoryName({ path, url, name }: GitOptions): string {
  return name ?? (url === undefined ? basename(repositoryFolder(path ?? "."), ".git") : parseRemote(url).name);
}

function locate(options: GitOptions, { dataFolder }: GitContext): Location {
  const { path, url, name } = options;
  const repository = repositoryName(options);
  const renamed = name === undefined ? "" : `#${name}`; // under another name it is another source, collected anew
  if (url !== undefined) {
    const remote = parseRemote(url);
    return { source: `git:${remote.url}${renamed}`, repository, folder: cloneFolder(dataFolder, remote), remote };
  }
  const folder = repositoryFolder(path ?? ".");
  return { source: `git:${folder}${renamed}`, repository, folder, remote: null };
}

function local({ source, folder, remote }: Location, env: NodeJS.ProcessEnv, signal: AbortSignal): Git {
  return { source, where: [remote === null ? "-C" : "--git-dir", folder], env: offline(env), signal };
}

async function* clone(
  { folder, repository }: Location,
  remote: Remote,
  git: Git,
  allowed: Allowed,
): AsyncGenerator<Batch> {
  if (!existsSync(folder))
    yield { events: [], removed: [], notices: [cloning(repository)], cursor: null, progress: null };
  await updateClone({ ...git, where: [] }, remote, folder, { allowed });
}

/** Yields nothing, and reads nothing but the names of branches and tags, when nothing is new. */
async function* news(
  { source, repository, remote }: Location,
  git: Git,
  { branch, paths }: { readonly branch: string | null; readonly paths: boolean },
  before: Bookmark | null,
  settings: Settings,
): AsyncGenerator<Batch> {
  const { bare, shallow } = await open(git);
  const refs = await readRefs(git);
  const mainline = await findCandidate(git, refs, branch, bare);
  const now = { shallow, paths, people: settings.people.version };
  if (before !== null && isCurrent(before, mainline, refs) && !readsOtherwise(before, now)) return;
  const { head, notices } = await findMainline(git, mainline);
  const snapshot: Snapshot = {
    place: { source, repository },
    git,
    bare,
    bookmark: { version: 1, head, mainline, tags: [...refs.tags], ...now, sorts: SORTS_VERSION },
    origin: remote?.url ?? (await originOf(git)),
    notices: shallow === null ? notices : [...notices, isShallow(remote)],
  };
  yield* changes(snapshot, before, settings);
}

function isCurrent(before: Bookmark, mainline: Candidate, { tags }: Refs): boolean {
  if (before.sorts !== SORTS_VERSION) return false;
  if (!sameCandidate(before.mainline, mainline) || before.tags.length !== tags.size) return false;
  return before.tags.every(([name, id]) => tags.get(name) === id);
}

function cloning(repository: string): Notice {
  return {
    level: "info",
    code: "cloning",
    message: `${repository} is cloned for the first time (its history, without file contents). This may take some minutes; later syncs fetch only what is new.`,
  };
}

function isShallow(remote: Remote | null): Notice {
  const where = remote === null ? "there" : "in the repository it is cloned from";
  return {
    level: "info",
    code: "shallow",
    message: `Only a part of the history is here (a shallow clone), so older commits and the changes they belong to are missing from every number. Run \`git fetch --unshallow --tags\` ${where}.`,
  };
}
