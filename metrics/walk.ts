/** One walk over a repository's graph: what its default branch contains, what was rolled out, and which roll-out was the first to carry each commit. */
import type { Change } from "./events.ts";
import type { Graph } from "./graph.ts";
import { claim, graph } from "./graph.ts";
import type { History } from "./history.ts";
import { namedChanges } from "./named-changes.ts";
import type { DeploymentRules, Rollout } from "./rollouts.ts";
import { rollouts } from "./rollouts.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";

/** A change that the default branch contains: the position of the commit that brought it, by the change's number. */
export type Integrations = ReadonlyMap<number, number>;

export interface Walk {
  readonly history: History;
  readonly graph: Graph;
  /** Per commit: 1 when the default branch contains it. */
  readonly onDefault: Uint8Array;
  /** In the order in which they claim commits. */
  readonly rollouts: readonly Rollout[];
  /** Per commit: the first roll-out that contains it, as an index of `rollouts`, or -1. */
  readonly carrier: Int32Array;
  readonly integrations: Integrations;
}

export function walk(history: History, rules: DeploymentRules): Walk {
  const { repository, commits } = history;
  const walked = graph(commits);
  const onDefault = reachable(walked, repository.head);
  const found = rollouts(history, rules, walked, onDefault);
  return {
    history,
    graph: walked,
    onDefault,
    rollouts: found,
    carrier: carriers(walked, found, rules.backfillDays),
    integrations:
      history.changes.length === 0 ? namedIntegrations(history, walked, onDefault) : integrations(history, walked),
  };
}

/** 1 for each commit that the head contains. */
export function reachable(graph: Graph, head: string | null): Uint8Array {
  const owner = claim(graph, [head === null ? -1 : (graph.at.get(head) ?? -1)]);
  return Uint8Array.from(owner, (tip) => (tip === -1 ? 0 : 1));
}

/** Whether a change was merged into the default branch. */
export function isIntegrated({ mergedAt, targetBranch }: Change, { repository }: History): boolean {
  return mergedAt !== null && (repository.defaultBranch === null || targetBranch === repository.defaultBranch);
}

/**
 * A host's record of deployments may begin long after the repository: its first deployment carries only what was committed in the
 * days before it, older commits were deployed before anybody kept the record. Tags are a complete record.
 */
function carriers(walked: Graph, found: readonly Rollout[], backfillDays: number): Int32Array {
  const carrier = claim(
    walked,
    found.map(({ tip }) => tip),
  );
  const [first] = found;
  if (first === undefined || first.tag !== null || backfillDays === 0) return carrier;
  const oldest: Instant = first.deployedAt - backfillDays * DAY;
  for (const [position, { committedAt }] of walked.commits.entries()) {
    if (carrier[position] === 0 && committedAt !== null && committedAt < oldest) carrier[position] = -1;
  }
  return carrier;
}

function integrations(history: History, { at }: Graph): Integrations {
  const found = new Map<number, number>();
  for (const change of history.changes) {
    const position = at.get(change.mergeCommit ?? "");
    if (position !== undefined && isIntegrated(change, history)) found.set(change.number, position);
  }
  return found;
}

function namedIntegrations({ repository }: History, walked: Graph, onDefault: Uint8Array): Integrations {
  const named = namedChanges(walked, repository.head, onDefault);
  return new Map([...named.values()].map(({ number, commit }) => [number, commit]));
}
