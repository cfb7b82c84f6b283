/** What reaches the default branch, as a proxy for its deployment: for those who deploy each merge, and nobody records it. */
import type { Instant } from "../time.ts";
import type { Rollout, Seen } from "./sighting.ts";

/** Every step of the branch's first-parent line that brought something of the service; at its merge, else at its commit date. */
export function merges(seen: Seen): readonly Rollout[] {
  const { graph, mainline } = seen;
  const mergedAt = mergeTimes(seen);
  const own = ownSteps(seen);
  const found: Rollout[] = [];
  for (const position of mainline.line) {
    const commit = graph.commits[position];
    if (commit === undefined || own?.has(position) === false) continue;
    const at = mergedAt.get(position) ?? commit.committedAt;
    if (at === null) continue;
    found.push({
      id: commit.id,
      url: null,
      name: commit.title,
      environment: "production",
      sha: commit.id,
      createdAt: at,
      deployedAt: at,
      tip: position,
      tag: null,
      version: null,
      fixes: [],
      route: "merge",
      includes: [],
      alsoKnownAs: [],
    });
  }
  return found;
}

function mergeTimes({ history, integrations }: Seen): ReadonlyMap<number, Instant> {
  const found = new Map<number, Instant>();
  for (const { number, mergedAt } of history.changes) {
    const position = integrations.get(number);
    if (position !== undefined && mergedAt !== null) found.set(position, mergedAt);
  }
  return found;
}

/** Steps that are the service's, or that brought a commit which is; `null`: all of them. */
function ownSteps({ owned, mainline }: Seen): ReadonlySet<number> | null {
  if (owned === null) return null;
  const own = new Set<number>();
  for (const [position, step] of mainline.integratedBy.entries()) {
    if (step !== -1 && owned.commits[position] === 1) own.add(step);
  }
  return own;
}
