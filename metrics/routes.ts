/** One roll-out may be seen by several routes: a host's deployment, a release, a push. It counts once. */
import type { Route } from "./facts.ts";
import type { Instant } from "./time.ts";
import { MINUTE } from "./time.ts";

/** A roll-out, as far as telling it from others goes. */
export interface Sighting {
  readonly id: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly createdAt: Instant;
  readonly deployedAt: Instant;
  readonly fixes: readonly string[];
  readonly alsoKnownAs: readonly string[];
}

/** Routes seldom agree to the second (ours: DEFINITIONS §2). */
const APART = 15 * MINUTE;

/**
 * The same environment and commit, seen by different routes, at intervals that overlap or are at most 15 minutes apart, is one
 * roll-out: the best route's row stays. It takes over the other names and what it repairs. Without a commit nothing is the same.
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

/** Something that was tried and may have been over without success. */
export interface Trial {
  readonly environment: string;
  readonly sha: string | null;
  readonly route: Route;
  readonly createdAt: Instant;
  /** `null` while it is not over. */
  readonly endedAt: Instant | null;
}

/**
 * Attempts of jobs and runs that no better route tells of: one of the same environment and commit that overlaps with it is the same.
 * What is pushed is always told of, since nobody else may know it.
 *
 * @param better the routes before theirs.
 */
export function unseen<T extends Trial>(
  attempts: readonly T[],
  better: readonly { readonly rollouts: readonly Sighting[]; readonly attempts: readonly Trial[] }[],
): readonly T[] {
  if (attempts.every(({ route }) => !isRun(route))) return attempts;
  const seen = new Map<string, (readonly [Instant, Instant])[]>();
  const see = (row: Pick<Sighting, "environment" | "sha">, from: Instant, to: Instant): void => {
    const spans = seen.get(keyOf(row));
    if (spans === undefined) seen.set(keyOf(row), [[from, to]]);
    else spans.push([from, to]);
  };
  for (const { rollouts, attempts: others } of better) {
    for (const row of rollouts) see(row, start(row), row.deployedAt);
    for (const row of others) see(row, row.createdAt, row.endedAt ?? Infinity);
  }
  return attempts.filter((row) => {
    const end = row.endedAt ?? Infinity;
    const spans = row.sha === null || !isRun(row.route) ? [] : (seen.get(keyOf(row)) ?? []);
    return !spans.some(([from, to]) => from <= end && row.createdAt <= to);
  });
}

function isRun(route: Route): boolean {
  return route === "job" || route === "run";
}

function keyOf({ environment, sha }: Pick<Sighting, "environment" | "sha">): string {
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
    const fixes = new Set([...keeper.fixes, ...same.flatMap((other) => other.fixes)]);
    return { ...keeper, fixes: [...fixes].sort(), alsoKnownAs: [...names].sort() };
  });
}
