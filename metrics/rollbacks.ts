/** Deployments that put back what an environment had before. */
import { isStrictAncestor, ranks } from "./ancestry.ts";
import type { Graph } from "./graph.ts";
import type { Rollout } from "./origins/sighting.ts";

export interface Rollbacks {
  /** Indexes of the rollouts that are rollbacks. */
  readonly rollbacks: ReadonlySet<number>;
  /** By index of the rollout that was taken back: the index of the rollback. */
  readonly rolledBackBy: ReadonlyMap<number, number>;
}

/**
 * A rollback deploys a strict ancestor of what that environment just had; each environment is judged by itself. Releases, tags
 * and merges are not: an older line released again is no rollback, and nobody knows when a merge came to production.
 *
 * @param rollouts in the order of their deployment.
 */
export function findRollbacks(graph: Graph, rollouts: readonly Rollout[]): Rollbacks {
  const rank = ranks(graph);
  const rollbacks = new Set<number>();
  const rolledBackBy = new Map<number, number>();
  const latest = new Map<string, number>();
  for (const [index, { environment, tip, tag, route }] of rollouts.entries()) {
    if (route === "merge") continue;
    const before = latest.get(environment);
    const had = before === undefined ? -1 : (rollouts[before]?.tip ?? -1);
    latest.set(environment, index);
    if (before === undefined || tag !== null || tip === -1 || had === -1) continue;
    if (!isStrictAncestor(graph, rank, tip, had)) continue;
    rollbacks.add(index);
    rolledBackBy.set(before, index);
  }
  return { rollbacks, rolledBackBy };
}
