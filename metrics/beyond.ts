/** What is known beside the history that facts are derived from, which may be the recent part of a longer one. */
import type { Instant } from "./time.ts";

export interface Beyond {
  /** By sha, of commits that are not among those of the history: whether the default branch contains them. */
  readonly commits: ReadonlyMap<string, boolean>;
  /** Ids of roll-outs that are only there for others to be told by. */
  readonly rollouts: ReadonlySet<string>;
  /** By environment: when the last roll-outs before were that no repair and no rollback were, as many as tell a timetable. */
  readonly regular: ReadonlyMap<string, readonly Instant[]>;
}

export const NOTHING_BEYOND: Beyond = { commits: new Map(), rollouts: new Set(), regular: new Map() };
