/** Commits that come to the default branch. */
import type { Commit } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Person } from "../people.ts";
import type { Merged, Scene } from "./scene.ts";
import { identity } from "./scene.ts";

export interface NewCommit extends Person {
  readonly sha: string;
  /** Beside the head of the branch, for a merge. */
  readonly second?: string;
  readonly authoredAt: Instant;
  readonly title: string;
  readonly number: number | null;
  readonly reverts?: Commit["reverts"];
  readonly isRepair?: boolean;
}

/** Puts a commit at the end of the default branch. */
export function land(scene: Scene, at: Instant, commit: NewCommit): Merged {
  const { trunk, host } = scene;
  const { sha, second, title, number, isRepair = false } = commit;
  keepCommit(scene, at, commit, [
    ...(trunk.head === null ? [] : [trunk.head]),
    ...(second === undefined ? [] : [second]),
  ]);
  trunk.head = sha;
  const merged: Merged = { place: trunk.merged.length, sha, title, number, isRepair };
  trunk.merged.push(merged);
  host.change("repository", scene.service.repository, at, (repository) => ({ ...repository, head: sha }));
  return merged;
}

/** A commit that is reachable from the default branch, at its end or beside it. */
export function keepCommit(
  scene: Scene,
  at: Instant,
  { sha, author, authorKind, authoredAt, title, number, reverts = [] }: NewCommit,
  parents: readonly string[],
  committedAt = at,
): void {
  scene.host.keep(
    {
      kind: "commit",
      ...identity(scene, sha),
      parents,
      author,
      authorKind,
      authoredAt,
      title,
      reverts,
      committedAt,
      changeNumber: number,
      cherryPickedFrom: [],
      paths: null,
    },
    at,
  );
}
