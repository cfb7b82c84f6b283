/** Changes: how one is opened, reviewed, merged or given up. Who plans when, the files about people, bots and repairs do. */
import type { Change, Review } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Person } from "../people.ts";
import { checkChange, DEFAULT_BRANCH } from "./checks.ts";
import type { Merged, Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { keepCommit, land } from "./trunk.ts";

export interface NewChange extends Person {
  readonly title: string;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly lines: number;
  readonly isDraft: boolean;
  readonly requestedAt: Instant | null;
  /** Its commits in order, the first made on top of `base`. */
  readonly commits: Change["commits"];
  readonly base: string | null;
}

/** A change that is there; its events tell the rest. */
export interface OpenChange extends NewChange {
  readonly number: number;
}

export function openChange(scene: Scene, at: Instant, opened: NewChange): OpenChange {
  const number = (scene.trunk.changes += 1);
  const { author, authorKind, title, branch, labels, lines, isDraft, requestedAt, commits } = opened;
  const deletions = Math.floor(lines * 0.3);
  scene.host.keep(
    {
      kind: "change",
      ...identity(scene, String(number)),
      number,
      url: null,
      title,
      author,
      authorKind,
      labels,
      requestedAt,
      commits,
      targetBranch: DEFAULT_BRANCH,
      sourceBranch: branch,
      openedAt: at,
      readyAt: isDraft ? null : at,
      mergedAt: null,
      closedAt: null,
      reopenedAt: [],
      mergeCommit: null,
      reviews: [],
      additions: lines - deletions,
      deletions,
      paths: null,
      truncated: false,
    },
    at,
  );
  const last = commits.at(-1);
  if (last !== undefined) checkChange(scene, at, last.sha, branch);
  return { ...opened, number };
}

export function makeReady(scene: Scene, at: Instant, { number }: OpenChange): void {
  changed(scene, at, number, (before) => ({ ...before, readyAt: before.readyAt ?? at }));
}

/** Another commit of its author. */
export function push(scene: Scene, at: Instant, change: OpenChange, sha: string): OpenChange {
  const commit = { sha, authoredAt: at };
  changed(scene, at, change.number, (before) => ({ ...before, commits: [...before.commits, commit] }));
  checkChange(scene, at, sha, change.branch);
  return { ...change, commits: [...change.commits, commit] };
}

export function respond(scene: Scene, at: Instant, change: OpenChange, kind: Review["kind"], by: Person): void {
  const review: Review = { kind, at, ...by, byChangeAuthor: by.author === change.author };
  changed(scene, at, change.number, (before) => ({ ...before, reviews: [...before.reviews, review] }));
}

export function label(scene: Scene, at: Instant, { number }: OpenChange, text: string): void {
  changed(scene, at, number, (before) => ({ ...before, labels: [...before.labels, text] }));
}

export function giveUp(scene: Scene, at: Instant, { number }: OpenChange): void {
  changed(scene, at, number, (before) => ({ ...before, closedAt: at }));
}

/** How a commit of a change is told when it comes to the default branch. */
export interface Landing {
  readonly merges: "squash" | "merge";
  readonly reverts?: readonly { readonly sha: string }[];
  readonly isRepair?: boolean;
}

export function merge(scene: Scene, at: Instant, change: OpenChange, landing: Landing): Merged {
  const merged = landing.merges === "squash" ? squash(scene, at, change, landing) : mergeAll(scene, at, change);
  const mergeCommit = merged.sha;
  changed(scene, at, change.number, (before) => ({ ...before, mergedAt: at, closedAt: at, mergeCommit }));
  return merged;
}

/** One commit in the place of all, made at the merge as hosts do. */
function squash(scene: Scene, at: Instant, change: OpenChange, { reverts = [], isRepair = false }: Landing): Merged {
  const { number, author, authorKind } = change;
  const title = `${change.title} (#${number})`;
  const sha = scene.sha("squash", number);
  return land(scene, at, {
    sha,
    author,
    authorKind,
    authoredAt: at,
    title,
    number,
    reverts,
    isRepair,
  });
}

function mergeAll(scene: Scene, at: Instant, change: OpenChange): Merged {
  const { number, author, authorKind, commits, base, branch } = change;
  let before = base;
  for (const { sha, authoredAt } of commits) {
    const made = authoredAt ?? at;
    const commit = { sha, author, authorKind, authoredAt: made, title: change.title, number: null };
    keepCommit(scene, at, commit, before === null ? [] : [before], made);
    before = sha;
  }
  const title = `Merge #${number} from ${branch}`;
  const second = before === null || before === base ? {} : { second: before };
  return land(scene, at, {
    sha: scene.sha("merge", number),
    ...second,
    author,
    authorKind,
    authoredAt: at,
    title,
    number,
  });
}

function changed(scene: Scene, at: Instant, number: number, what: (before: Change) => Change): void {
  scene.host.change("change", String(number), at, what);
}
