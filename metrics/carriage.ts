/** Which roll-out was the first to carry what. */
import type { Graph } from "./graph.ts";
import { claim } from "./graph.ts";
import type { History } from "./history.ts";
import type { Rollout } from "./origins/sighting.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";
import type { Integrations } from "./walk.ts";

export interface Carriage {
  /** Per commit: the first roll-out that contains it, as an index of the roll-outs, or -1. */
  readonly claims: Int32Array;
  /** The same, and -1 for what was deployed before the record of deployments begins. */
  readonly carrier: Int32Array;
  /** The same by the number of a change, which counts by when it was merged and not by when its commit was made. */
  readonly changeCarrier: ReadonlyMap<number, number>;
}

export function carriage(
  graph: Graph,
  found: readonly Rollout[],
  { changes }: History,
  integrations: Integrations,
  backfillDays: number,
): Carriage {
  const claims = claimed(graph, found);
  const start = recordStart(found, backfillDays);
  const carriedBy = (position: number, at: Instant | null): number => {
    const by = claims[position] ?? -1;
    return start !== null && by === start.index && at !== null && at < start.oldest ? -1 : by;
  };
  const mergedAt = new Map(changes.map((change) => [change.number, change.mergedAt]));
  const when = (number: number, position: number) =>
    mergedAt.get(number) ?? graph.commits[position]?.committedAt ?? null;
  return {
    claims,
    carrier: claims.map((_, position) => carriedBy(position, graph.commits[position]?.committedAt ?? null)),
    changeCarrier: new Map(
      [...integrations].map(([number, position]) => [number, carriedBy(position, when(number, position))]),
    ),
  };
}

function claimed(graph: Graph, found: readonly Rollout[]): Int32Array {
  const owner = claim(
    graph,
    found.map(({ tip, includes }) => (includes.length > 0 ? -1 : tip)),
  );
  for (const [index, { includes }] of found.entries()) {
    for (const position of includes) {
      const known = owner[position] ?? -1;
      if (known === -1 || known > index) owner[position] = index;
    }
  }
  return owner;
}

/**
 * A host's record of deployments may begin long after the repository: its first deployment (of a commit that is known) carries only
 * what came in the days before it, the rest was deployed before anybody kept the record. Tags and merges are a complete record.
 */
function recordStart(found: readonly Rollout[], backfillDays: number): { index: number; oldest: Instant } | null {
  const index = found.findIndex(({ tip, includes }) => tip !== -1 || includes.length > 0);
  const first = found[index];
  if (first === undefined || isComplete(first) || backfillDays === 0) return null;
  return { index, oldest: first.deployedAt - backfillDays * DAY };
}

function isComplete({ route }: Rollout): boolean {
  return route === "release" || route === "tag" || route === "merge";
}
