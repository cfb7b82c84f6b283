/** What is new in a repository since a bookmark, in batches. */
import type { Commit } from "#metrics/events.ts";
import type { Batch, Notice, Removal } from "../collector.ts";
import { HostError } from "../collector.ts";
import type { People } from "../people.ts";
import { readsOtherwise, toCursor } from "./cursor.ts";
import type { Bookmark } from "./cursor.ts";
import { authors, commitEvent, releaseEvent, repositoryEvent } from "./events.ts";
import type { Place } from "./events.ts";
import { hostError } from "./explain.ts";
import { layoutAt } from "./files.ts";
import { MAILMAP, readLog } from "./log.ts";
import type { Range } from "./log.ts";
import { existing } from "./objects.ts";
import { withPaths } from "./paths.ts";
import { webUrl } from "./remote.ts";
import { attempt } from "./run.ts";
import type { Git } from "./run.ts";
import { resolveTags } from "./tags.ts";
import type { Tag } from "./tags.ts";

/** A repository as it is now. */
export interface Snapshot {
  readonly place: Place;
  readonly git: Git;
  readonly bookmark: Bookmark;
  readonly bare: boolean;
  readonly origin: string | null;
  readonly notices: readonly Notice[];
}

export interface Settings {
  readonly people: People;
  /** How many events are handed over at once. */
  readonly batchSize: number;
}

/**
 * Commits first; then, with the bookmark, the tags on them and the head: whoever stops in between has seen no head without its
 * history, and no tag that the next reading could miss when it is deleted meanwhile.
 */
export async function* changes(now: Snapshot, before: Bookmark | null, settings: Settings): AsyncGenerator<Batch> {
  const { place, git, bookmark } = now;
  const whole = before === null || readsOtherwise(before, bookmark);
  const old = new Map(before?.tags);
  const tags = await resolveTags(
    git,
    bookmark.tags.filter(([name, id]) => whole || old.get(name) !== id),
  );
  const onCommits = tags.filter(({ sha }) => sha !== null);
  const untouched = bookmark.tags.length - tags.length;
  if (bookmark.head === null && onCommits.length === 0 && untouched === 0) throw empty(git);

  const range = {
    from: [bookmark.head, ...onCommits.map(({ sha }) => sha)].filter((sha) => sha !== null),
    known: whole ? [] : await stillKnown(git, before, bookmark),
    mailmap: now.bare ? await mailmap(git) : null,
  };
  const commits = commitBatches(now, range, settings);
  for await (const events of bookmark.paths ? withPaths(git, commits) : commits) yield batch(events);

  const web = now.origin === null ? null : webUrl(now.origin);
  const releases = onCommits.map((tag) => releaseEvent(place, tag, web));
  const files = await movedFiles(now, before);
  yield {
    events: [...releases, ...(movedHead(before, bookmark) ? [repository(now, web)] : []), ...files.events],
    removed: removals(place, old, bookmark, tags),
    notices: [...now.notices, ...tagNotices(tags), ...files.notices],
    cursor: toCursor(bookmark),
    progress: 1,
  };
}

function batch(events: readonly Commit[]): Batch {
  return { events, removed: [], notices: [], cursor: null, progress: null };
}

async function* commitBatches(
  { place, git }: Snapshot,
  range: Range,
  { people, batchSize }: Settings,
): AsyncGenerator<Commit[]> {
  const authorOf = authors(people);
  let waiting: Commit[] = [];
  for await (const commits of readLog(git, range)) {
    for (const commit of commits) {
      waiting.push(commitEvent(place, commit, authorOf(commit)));
      if (waiting.length < batchSize) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}

/** Commits and tags read before. Those that moved or went may have left the repository with their history. */
async function stillKnown(git: Git, before: Bookmark, now: Bookmark): Promise<string[]> {
  const here = new Map(now.tags);
  const unmoved = before.tags.filter(([name, id]) => here.get(name) === id).map(([, id]) => id);
  const moved = before.tags.filter(([name, id]) => here.get(name) !== id).map(([, id]) => id);
  const heads = before.head === null ? [] : [before.head];
  return [...unmoved, ...(await existing(git, [...heads, ...moved]))];
}

/** The mailmap of a bare repository, unless its clone lacks the file. */
async function mailmap(git: Git): Promise<string | null> {
  const { code } = await attempt(git, ["cat-file", "-e", MAILMAP]);
  return code === 0 ? MAILMAP : null;
}

function removals(
  { repository }: Place,
  old: ReadonlyMap<string, string>,
  now: Bookmark,
  changed: readonly Tag[],
): Removal[] {
  const names = new Set(now.tags.map(([name]) => name));
  for (const { name, sha } of changed) if (sha === null) names.delete(name);
  return [...old.keys()].filter((name) => !names.has(name)).map((id) => ({ kind: "release", repository, id }));
}

function movedHead(before: Bookmark | null, now: Bookmark): boolean {
  if (before === null || before.head !== now.head) return true;
  return before.mainline.branch !== now.mainline.branch || (before.shallow === null) !== (now.shallow === null);
}

/**
 * What its files tell, where they may be others than before or are looked at otherwise. A clone may lack folders, as one without trees does:
 * then nothing is known of them, and all else is.
 */
async function movedFiles(
  { git, place, bookmark }: Snapshot,
  before: Bookmark | null,
): Promise<Pick<Batch, "events" | "notices">> {
  const { head, sorts } = bookmark;
  if (head === null || (before?.head === head && before.sorts === sorts)) return { events: [], notices: [] };
  try {
    return { events: [await layoutAt(git, place, head)], notices: [] };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { events: [], notices: [unlisted(place, error)] };
  }
}

function unlisted({ repository }: Place, { message }: HostError): Notice {
  return {
    level: "info",
    code: "files-unlisted",
    message: `The files of ${repository} could not be listed, so nothing is suggested of what it is for. All else is read. ${message}`,
  };
}

function repository({ place, bookmark }: Snapshot, url: string | null) {
  const { head, mainline, shallow } = bookmark;
  return repositoryEvent(place, { url, defaultBranch: mainline.branch, head, truncated: shallow !== null });
}

function tagNotices(tags: readonly Tag[]): Notice[] {
  const count = tags.filter(({ sha }) => sha === null).length;
  if (count === 0) return [];
  const which = count === 1 ? "1 tag points" : `${count} tags point`;
  return [
    {
      level: "info",
      code: "tag-without-commit",
      message: `${which} to no commit (but to a file or a folder) and cannot be a release; left out. Nothing needs to be done.`,
    },
  ];
}

function empty({ source }: Git): Error {
  return hostError(
    source,
    "empty",
    "the repository has no commits, so there is nothing to measure",
    "Commit or push something to it, then sync again.",
  );
}
