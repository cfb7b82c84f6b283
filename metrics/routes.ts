/** One roll-out may be seen by several routes: a host's deployment, a release, a push. It counts once. */
import type { Instant } from "./time.ts";
import { MINUTE } from "./time.ts";

/** A roll-out, as far as telling it from others goes. */
export interface Sighting {
  readonly id: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly createdAt: Instant;
  readonly deployedAt: Instant;
  readonly isFix: boolean;
  readonly alsoKnownAs: readonly string[];
}

/** Routes seldom agree to the second (ours: DEFINITIONS §2). */
const APART = 15 * MINUTE;

/**
 * The same environment and commit, seen by different routes, at intervals that overlap or are at most 15 minutes apart, is one
 * roll-out: the best route's row stays. It takes over the other names and whether it is a fix. Without a commit nothing is the same.
 *
 * @param routes best first; rows of one route are never the same.
 */
export function distinct<S extends Sighting>(routes: readonly (readonly S[])[]): readonly S[] {
  const seen = new Map<string, S[]>();
  /** By row: the row that stays for it, itself or a better one. */
  const keepers = new Map<S, S>();
  for (const route of routes) {
    for (const row of route) keepers.set(row, keeperOf(row, seen.get(keyOf(row)) ?? [], keepers));
    for (const row of route) {
      if (row.sha === null) continue;
      const known = seen.get(keyOf(row));
      if (known === undefined) seen.set(keyOf(row), [row]);
      else known.push(row);
    }
  }
  return merged(keepers);
}

function keyOf({ environment, sha }: Sighting): string {
  return JSON.stringify([environment.toLowerCase(), sha]);
}

/** What stays for a row: the nearest of the better rows that are the same roll-out, of two equally near ones the one with the lower id. */
function keeperOf<S extends Sighting>(row: S, better: readonly S[], keepers: ReadonlyMap<S, S>): S {
  let found: S | null = null;
  for (const other of better) {
    if (apart(row, other) > APART) continue;
    if (found === null || isNearer(row, other, found)) found = other;
  }
  return found === null ? row : (keepers.get(found) ?? found);
}

/** Time between two intervals; 0 where they overlap. */
function apart(a: Sighting, b: Sighting): number {
  return Math.max(0, Math.max(start(a), start(b)) - Math.min(a.deployedAt, b.deployedAt));
}

/** A clock may say that something ended before it began. */
function start({ createdAt, deployedAt }: Sighting): Instant {
  return Math.min(createdAt, deployedAt);
}

function isNearer(row: Sighting, one: Sighting, other: Sighting): boolean {
  const [a, b] = [Math.abs(row.deployedAt - one.deployedAt), Math.abs(row.deployedAt - other.deployedAt)];
  return a < b || (a === b && one.id < other.id);
}

function merged<S extends Sighting>(keepers: ReadonlyMap<S, S>): readonly S[] {
  const others = new Map<S, S[]>();
  for (const [row, keeper] of keepers) {
    const list = others.get(keeper) ?? [];
    if (row !== keeper) list.push(row);
    others.set(keeper, list);
  }
  return [...others].map(([keeper, same]) => {
    if (same.length === 0) return keeper;
    const names = [...keeper.alsoKnownAs, ...same.flatMap(({ id, alsoKnownAs }) => [id, ...alsoKnownAs])];
    return { ...keeper, isFix: keeper.isFix || same.some(({ isFix }) => isFix), alsoKnownAs: [...names].sort() };
  });
}
