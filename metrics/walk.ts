/** One walk over a repository's graph: what its default branch contains, what was rolled out, and which roll-out was the first to carry each commit. */
import type { Carriage } from "./carriage.ts";
import { carriage } from "./carriage.ts";
import type { Change } from "./events.ts";
import type { Graph } from "./graph.ts";
import { claim, graph } from "./graph.ts";
import type { History } from "./history.ts";
import { mainline } from "./integrations.ts";
import type { NamedChange } from "./named-changes.ts";
import { namedChanges } from "./named-changes.ts";
import type { Seen, Sighted } from "./origins/sighting.ts";
import { ownership } from "./ownership.ts";
import { sightings } from "./rollouts.ts";
import type { DeploymentRules, Part } from "./rules.ts";

/** A change that the default branch contains: the position of the commit that brought it, by the change's number. */
export type Integrations = ReadonlyMap<number, number>;

/** What is seen of a service: its history as a graph and its roll-outs, in the order in which they claim commits. */
export interface Sight extends Seen, Sighted {
  /** The changes that a plain git history names; `null` where its host tells of them. */
  readonly named: ReadonlyMap<number, NamedChange> | null;
}

export interface Walk extends Sight, Carriage {}

export function walk(history: History, rules: DeploymentRules, part: Pick<Part, "paths">): Walk {
  const sight = look(history, rules, part);
  return { ...sight, ...carriage(sight.graph, sight.rollouts, history, sight.integrations, rules.backfillDays) };
}

/** As much as a rule needs to say what it counts. */
export function look(history: History, rules: DeploymentRules, { paths }: Pick<Part, "paths">): Sight {
  const { repository, commits } = history;
  const walked = graph(commits);
  const onDefault = reachable(walked, repository.head);
  const main = mainline(walked, repository.head);
  const named = history.changes.length === 0 ? namedChanges(walked, main, onDefault) : null;
  const brought = named === null ? integrations(history, walked) : namedIntegrations(named);
  const owned = paths === null ? null : ownership(paths, history, walked, onDefault, main, brought);
  const seen: Seen = { history, graph: walked, onDefault, mainline: main, integrations: brought, owned };
  return { ...seen, ...sightings(seen, rules), named };
}

/** Whether a commit belongs to the service. */
export function isOwn({ owned }: Pick<Walk, "owned">, position: number): boolean {
  return owned === null || owned.commits[position] === 1;
}

/** Whether a change does. */
export function isOwnChange({ owned }: Pick<Walk, "owned">, number: number): boolean {
  return owned === null || owned.changes.has(number);
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

function integrations(history: History, { at }: Graph): Integrations {
  const found = new Map<number, number>();
  for (const change of history.changes) {
    const position = at.get(change.mergeCommit ?? "");
    if (position !== undefined && isIntegrated(change, history)) found.set(change.number, position);
  }
  return found;
}

function namedIntegrations(named: ReadonlyMap<number, NamedChange>): Integrations {
  const found = new Map<number, number>();
  for (const { number, commit } of named.values()) found.set(number, commit);
  return found;
}
