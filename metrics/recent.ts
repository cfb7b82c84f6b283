/** Facts from the recent part of a history, where the rest of it is settled: the same facts as from all of it. */
import type { Service, Study } from "./derive.ts";
import { study } from "./derive.ts";
import type { Incident } from "./events.ts";
import type { ServiceFacts } from "./facts.ts";
import type { History } from "./history.ts";
import type { Override } from "./judgements.ts";
import { isOver } from "./pipeline-facts.ts";
import type { Ids, Settled } from "./settled.ts";
import { beyondOf, canSettle, settle, stateOf, watching } from "./settled.ts";
import type { Walk } from "./walk.ts";
import { isIntegrated } from "./walk.ts";

/** What is told of settled commits, by sha. */
export interface KnownCommit {
  readonly onDefaultBranch: boolean;
  /** A step of the first-parent line of the default branch. */
  readonly isStep: boolean;
}

/** What the facts hold of that which the recent part asks for. */
export interface Known {
  readonly commits: ReadonlyMap<string, KnownCommit>;
  /** Of the ids asked for, those of which there are facts. */
  readonly ids: Ids;
}

/** The recent part: what is open, what it is told by, and what is new. */
export interface Recent {
  readonly history: History;
  readonly settled: Settled;
  /** What is new or different since. */
  readonly news: Ids;
}

/** What must be known to derive from the recent part. */
export function questions({ history, settled, news }: Recent): Ids {
  const recent = new Set(history.commits.map(({ id }) => id));
  const shas = [
    ...news.commit.filter((id) => !settled.open.commit.includes(id)),
    ...history.commits.flatMap(({ parents }) => parents),
    ...history.commits.flatMap(({ reverts }) => reverts.flatMap((named) => ("sha" in named ? [named.sha] : []))),
    ...history.changes.flatMap(({ mergeCommit }) => mergeCommit ?? []),
    ...history.deployments.flatMap(({ sha }) => sha ?? []),
    ...history.pipelines.map(({ sha }) => sha),
  ].filter((sha) => !recent.has(sha) || news.commit.includes(sha));
  return {
    commit: [...new Set(shas)],
    change: unopened("change", settled, news),
    deployment: [
      ...unopened("deployment", settled, news),
      ...history.incidents.flatMap(({ deployment }) => deployment ?? []),
    ],
    incident: unopened("incident", settled, news),
    pipeline: unopened("pipeline", settled, news),
  };
}

function unopened(kind: keyof Ids, { open }: Settled, news: Ids): readonly string[] {
  const known = new Set(open[kind]);
  return news[kind].filter((id) => !known.has(id));
}

/** Facts of the recent part: of each event in `of`, all that there are. */
export interface RecentFacts {
  readonly facts: ServiceFacts;
  readonly of: Ids;
  readonly settled: Settled | null;
}

/**
 * @param known the answers to {@link questions}.
 * @returns `null` where something new is about something settled, or might be: then all facts are to be derived anew.
 */
export function recentFacts(
  recent: Recent,
  service: Service,
  overrides: readonly Override[],
  known: Known,
): RecentFacts | null {
  const { history, settled } = recent;
  const commits = new Map([...known.commits].map(([sha, { onDefaultBranch }]) => [sha, onDefaultBranch]));
  // The record of deployments began before.
  const rules = { ...service.rules, backfillDays: 0 };
  if (!canSettle(service.rules, service.part) || history.changes.length === 0) return null;
  const found = study({ ...history, releases: [] }, { ...service, rules }, overrides, {
    ...beyondOf(settled),
    commits,
  });
  if (!isUntouched(recent, known) || !isGrown(found.walk, settled, known) || !isApart(found, recent, known))
    return null;
  const of = inside(history, settled);
  return { facts: only(found.facts, of), of, settled: settle(found, settled) };
}

/** Whether nothing that is new is settled, or watched for. */
function isUntouched({ history, settled, news }: Recent, { commits, ids }: Known): boolean {
  const asked = (kind: keyof Ids): boolean => {
    const facts = new Set(ids[kind]);
    return unopened(kind, settled, news).every((id) => !facts.has(id) && !settled.edge[kind].includes(id));
  };
  if (!asked("change") || !asked("deployment") || !asked("incident") || !asked("pipeline")) return false;
  if (unopened("commit", settled, news).some((id) => commits.has(id))) return false;
  const watched = new Set(settled.watched);
  const edge = new Set(settled.edge.change);
  const isWatched =
    history.commits.some(({ id }) => watched.has(watching.commit(id))) ||
    history.changes.some(({ id, number }) => !edge.has(id) && watched.has(watching.change(number))) ||
    history.deployments.some(
      ({ id }) => watched.has(watching.deployment(id)) && !settled.edge.deployment.includes(id),
    ) ||
    history.pipelines.some((run) => run.outcome === "success" && watched.has(watching.work(run)));
  if (isWatched) return false;
  return !history.commits.some(({ id }) => settled.reverts.some((text) => id.startsWith(text)));
}

/** Whether the default branch only grew, and everything recent grows from its settled steps. */
function isGrown(walk: Walk, settled: Settled, { commits }: Known): boolean {
  const { graph, history } = walk;
  if (stateOf(walk) !== settled.repository || walk.named !== null) return false;
  for (const { parents } of graph.commits)
    for (const sha of parents) if (!graph.at.has(sha) && commits.get(sha)?.isStep === false) return false;
  let sha = history.repository.head;
  while (sha !== null && sha !== settled.head) sha = graph.commits[graph.at.get(sha) ?? -1]?.parents[0] ?? null;
  return sha !== null;
}

/** Whether nothing recent is about what is settled. */
function isApart(found: Study, recent: Recent, known: Known): boolean {
  const { walk } = found;
  const edge = new Set(recent.settled.edge.deployment);
  return (
    hasOwnRollouts(walk, recent.settled, known) &&
    hasOwnChanges(walk, recent.settled, known) &&
    revertsRecent(walk, recent.settled, known) &&
    hasOwnRuns(found, recent.settled) &&
    found.after.incidents.every((incident, index) => {
      const deployment = found.after.links[index]?.deployment ?? null;
      const named = walk.rollouts[deployment ?? -1]?.id ?? null;
      return named === null ? isUnlinked(incident, recent.settled, known) : !edge.has(named);
    })
  );
}

/** Nothing settled could be what an incident belongs to. */
function isUnlinked({ deployment, causedBy, openedAt }: Incident, { cut }: Settled, { ids }: Known): boolean {
  if (deployment !== null) return !ids.deployment.includes(deployment);
  return causedBy === null && openedAt >= cut;
}

/** Roll-outs after the cut, of recent commits; again of the commit that is there, at most. */
function hasOwnRollouts({ rollouts }: Walk, { cut, edge }: Settled, { commits }: Known): boolean {
  const before = new Map<string, string | null>();
  let isOpen = false;
  for (const { id, route, environment, deployedAt, tip, sha, fixes } of rollouts) {
    if (route !== "deployment" || fixes.length > 0) return false;
    if (edge.deployment.includes(id)) {
      before.set(environment, sha);
      continue;
    }
    isOpen = true;
    if (deployedAt < cut) return false;
    if (tip === -1 && commits.has(sha ?? "") && before.get(environment) !== sha) return false;
    before.set(environment, sha);
  }
  return isOpen;
}

function hasOwnChanges({ history, graph }: Walk, { edge }: Settled, { commits }: Known): boolean {
  return history.changes.every(
    (change) =>
      edge.change.includes(change.id) ||
      !isIntegrated(change, history) ||
      graph.at.has(change.mergeCommit ?? "") ||
      !commits.has(change.mergeCommit ?? ""),
  );
}

function revertsRecent({ history, graph, onDefault }: Walk, { edge }: Settled, { commits }: Known): boolean {
  const numbers = new Set(history.changes.flatMap(({ id, number }) => (edge.change.includes(id) ? [] : [number])));
  return graph.commits.every(({ reverts }) =>
    reverts.every((named) => {
      if ("changeNumber" in named) return numbers.has(named.changeNumber);
      const position = graph.at.get(named.sha);
      return position === undefined
        ? named.sha.length === 40 && !commits.has(named.sha)
        : onDefault[position] === 1 || named.sha.length === 40;
    }),
  );
}

/** Runs speak after the settled ones, and what these left red was green again when it was, or is red still. */
function hasOwnRuns({ walk, facts }: Study, { cut, edge, red }: Settled): boolean {
  const atEdge = new Set(edge.pipeline);
  const left = new Map(red);
  if (facts.pipelines.some(({ id, greenAt }) => left.has(id) && left.get(id) !== greenAt)) return false;
  return walk.history.pipelines.every(({ id, outcome, createdAt, finishedAt, earlier }) => {
    if (atEdge.has(id)) return true;
    const ends = [finishedAt, ...earlier.map((attempt) => attempt.finishedAt)];
    if (outcome === "failure" && createdAt < cut) return false;
    return !isOver(outcome) || ends.every((at) => at === null || at >= cut);
  });
}

/** Everything recent that is not settled. */
function inside(history: History, { edge }: Settled): Ids {
  const without = (events: readonly { readonly id: string }[], kind: keyof Ids): readonly string[] => {
    const settled = new Set(edge[kind]);
    return events.flatMap(({ id }) => (settled.has(id) ? [] : [id]));
  };
  return {
    commit: without(history.commits, "commit"),
    change: without(history.changes, "change"),
    deployment: without(history.deployments, "deployment"),
    incident: without(history.incidents, "incident"),
    pipeline: without(history.pipelines, "pipeline"),
  };
}

function only(facts: ServiceFacts, of: Ids): ServiceFacts {
  const within = (kind: keyof Ids) => {
    const ids = new Set(of[kind]);
    return ({ id }: { readonly id: string }): boolean => ids.has(id);
  };
  return {
    ...facts,
    changes: facts.changes.filter(within("change")),
    deployments: facts.deployments.filter(within("deployment")),
    incidents: facts.incidents.filter(within("incident")),
    pipelines: facts.pipelines.filter(within("pipeline")),
  };
}
