/** What became of releases: which failed by a revert, which carried one, which commits were taken back. */
import type { Commit } from "./events.ts";
import { isBefore } from "./graph.ts";
import type { Revert } from "./reverts.ts";
import { findReverts } from "./reverts.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";

export interface Aftermath {
  /** By index of the release that failed: when the release that took it back came out. */
  readonly recoveredAt: ReadonlyMap<number, Instant>;
  /** Releases that first carried a revert. */
  readonly rework: ReadonlySet<number>;
  /** Positions of the commits that take something back. */
  readonly reverts: ReadonlySet<number>;
  /** By position of the commit taken back: the first commit that did it. */
  readonly revertedBy: ReadonlyMap<number, number>;
}

/** What a release first carried and another takes back within this span has failed. */
const REVERTED_WITHIN = 7 * DAY;

export function aftermath(walk: Walk): Aftermath {
  const found = revertsOnDefault(walk);
  return {
    reverts: new Set(found.map(({ by }) => by)),
    rework: new Set(found.flatMap(({ by }) => walk.carrier[by] ?? []).filter((release) => release !== -1)),
    revertedBy: firstReverts(walk, found),
    recoveredAt: recoveries(walk, found),
  };
}

/** The reverts of the default branch, by positions in the whole graph. */
function revertsOnDefault({ graph: { commits }, onDefault, changes }: Walk): readonly Revert[] {
  const positions: number[] = [];
  const branch: Commit[] = [];
  const local = new Map<number, number>();
  for (const [position, commit] of commits.entries()) {
    if (onDefault[position] !== 1) continue;
    local.set(position, branch.length);
    positions.push(position);
    branch.push(commit);
  }
  const integrations = new Map<number, number>();
  for (const { number, commit } of changes.values()) {
    const index = local.get(commit);
    if (index !== undefined) integrations.set(number, index);
  }
  return findReverts(branch, integrations).map(({ by, target }) => ({
    by: positions[by] ?? -1,
    target: positions[target] ?? -1,
  }));
}

function firstReverts({ graph: { commits } }: Walk, found: readonly Revert[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const { by, target } of found) {
    const known = first.get(target);
    if (known === undefined || isBefore(commits[by], commits[known])) first.set(target, by);
  }
  return first;
}

function recoveries({ carrier, releases }: Walk, found: readonly Revert[]): ReadonlyMap<number, Instant> {
  const recoveredAt = new Map<number, Instant>();
  for (const { by, target } of found) {
    const [failed, repairing] = [carrier[target] ?? -1, carrier[by] ?? -1];
    const [carried, repaired] = [releases[failed], releases[repairing]];
    if (repairing <= failed || carried === undefined || repaired === undefined) continue;
    if (repaired.deployedAt - carried.deployedAt > REVERTED_WITHIN) continue;
    recoveredAt.set(failed, Math.min(repaired.deployedAt, recoveredAt.get(failed) ?? Infinity));
  }
  return recoveredAt;
}
