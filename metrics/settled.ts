/**
 * Which part of a history is settled: what comes later changes no fact of it, unless it is about something that is watched for. Facts
 * are then derived from the recent part alone (`recent.ts`), so that a day costs what happened on it and not what happened before.
 *
 * Everything is told by one roll-out, the first of the recent ones: what the roll-outs before it carried is settled.
 */
import type { Beyond } from "./beyond.ts";
import { NOTHING_BEYOND } from "./beyond.ts";
import type { Border } from "./border.ts";
import { borderOf } from "./border.ts";
import type { Study } from "./derive.ts";
import type { Change, Incident, Pipeline } from "./events.ts";
import { isOver, sameWork, standing } from "./pipeline-facts.ts";
import type { DeploymentRules, Part } from "./rules.ts";
import type { Instant } from "./time.ts";
import { departures } from "./trains.ts";
import type { Walk } from "./walk.ts";
import { isIntegrated } from "./walk.ts";

/** Ids of events by their kind. */
export interface Ids {
  readonly commit: readonly string[];
  readonly change: readonly string[];
  readonly deployment: readonly string[];
  readonly incident: readonly string[];
  readonly pipeline: readonly string[];
}

/** What is to be known of the settled part. */
export interface Settled {
  /** When the first of the recent roll-outs was. */
  readonly cut: Instant;
  /** The repository, but for its head, as text. */
  readonly repository: string;
  readonly head: string;
  /** What is not settled. */
  readonly open: Ids;
  /** What is settled and what recent things are told by: the last roll-out of each environment, a change, the runs that spoke last. */
  readonly edge: Ids;
  /** Settled runs at the edge by which a workflow was red at the cut, and when it was green again by what is not settled; `null`: it is red to this day. */
  readonly red: readonly (readonly [id: string, greenAt: Instant | null])[];
  /** What settled things are about and what was not settled or not known: see {@link watching}. */
  readonly watched: readonly number[];
  /** By environment: when the last settled roll-outs were that a timetable is told by. */
  readonly regular: readonly (readonly [string, readonly Instant[]])[];
  /** What settled commits say they take back and what is not settled: shas, or beginnings of them. */
  readonly reverts: readonly string[];
}

/** Beyond so many names it costs less to read everything than to look for them. */
const MOST_WATCHED = 20_000;

/**
 * Numbers in place of names, which are many and long. Two names may have the same number: then everything is derived anew once, in
 * vain, which of 20,000 names happens to one in 200,000.
 */
export const watching = {
  commit: (sha: string) => numberOf(`commit ${sha}`),
  change: (number: number) => numberOf(`change ${number}`),
  deployment: (id: string) => numberOf(`deployment ${id}`),
  work: (run: Pipeline) => numberOf(`work ${sameWork(run)}`),
};

/** 32 bits, with a sign: FNV-1a, and the last step of MurmurHash3, since FNV leaves the last letters in the lower bits. */
function numberOf(name: string): number {
  let mixed = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) mixed = Math.imul(mixed ^ name.charCodeAt(index), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Whether anything of a service can be settled: a whole repository whose host tells of its changes, and which no hotfix rule looks back in. */
export function canSettle({ origins, hotfix }: DeploymentRules, { paths, incidents }: Part): boolean {
  const looksBack = hotfix.labels.length + hotfix.branches.length > 0;
  return origins === null && !looksBack && paths === null && incidents === null;
}

/** The state of a repository without where it ends. */
export function stateOf({ history: { repository } }: Pick<Walk, "history">): string {
  return JSON.stringify({ ...repository, head: null });
}

/**
 * @param before what was settled before, when the study is one of the recent part.
 * @returns `null` where nothing can be settled: all facts are derived anew the next time.
 */
export function settle(study: Study, before: Settled | null): Settled | null {
  const { walk } = study;
  const { head } = walk.history.repository;
  if (head === null || walk.named !== null) return null;
  if (walk.rollouts.some(({ route, fixes }) => route !== "deployment" || fixes.length > 0)) return null;
  const border = borderOf(study, before?.cut ?? null);
  if (border === null) return null;
  const found = new Settling(study, border, before);
  found.commits();
  found.changes();
  found.deployments();
  found.incidents();
  found.pipelines();
  return found.isSound && found.watched.size <= MOST_WATCHED ? found.result(head) : null;
}

/** What the recent part is derived with. */
export function beyondOf({ edge, regular }: Settled): Beyond {
  return { commits: new Map(), rollouts: new Set(edge.deployment), regular: new Map(regular) };
}

type Lists = { -readonly [Kind in keyof Ids]: string[] };

class Settling {
  readonly watched: Set<number>;
  isSound = true;
  readonly #study: Study;
  readonly #walk: Walk;
  readonly #border: Border;
  readonly #reverts: Set<string>;
  readonly #regular: ReadonlyMap<string, readonly Instant[]>;
  readonly #open: Lists = { commit: [], change: [], deployment: [], incident: [], pipeline: [] };
  readonly #edge: Lists = { commit: [], change: [], deployment: [], incident: [], pipeline: [] };
  #red: Settled["red"] = [];

  constructor(study: Study, border: Border, before: Settled | null) {
    this.#study = study;
    this.#walk = study.walk;
    this.#border = border;
    this.watched = new Set(before?.watched);
    this.#reverts = new Set(before?.reverts);
    const old = study.walk.rollouts.slice(0, border.first);
    this.#regular = departures(old, study.after, before === null ? NOTHING_BEYOND : beyondOf(before));
  }

  result(head: string): Settled {
    return {
      cut: this.#border.cut,
      repository: stateOf(this.#walk),
      head,
      open: this.#open,
      edge: this.#edge,
      red: this.#red,
      watched: [...this.watched],
      reverts: [...this.#reverts],
      regular: [...this.#regular],
    };
  }

  commits(): void {
    const { graph, onDefault, carrier } = this.#walk;
    for (const [position, { id, parents, reverts }] of graph.commits.entries()) {
      if (!this.#isSettled(position)) {
        this.#open.commit.push(id);
        continue;
      }
      // No fact tells of it, so nobody could know later that it is there.
      if (onDefault[position] !== 1 && carrier[position] === -1) this.isSound = false;
      for (const sha of parents) if (!graph.at.has(sha)) this.watched.add(watching.commit(sha));
      if (onDefault[position] !== 1 || parents.length > 1) continue;
      for (const named of reverts) {
        if ("changeNumber" in named) this.watched.add(watching.change(named.changeNumber));
        else if (!this.#isSettled(graph.at.get(named.sha))) this.#reverts.add(named.sha);
      }
    }
  }

  changes(): void {
    for (const change of this.#walk.history.changes) {
      if (!this.#isSettledChange(change)) this.#open.change.push(change.id);
      else this.#settleChange(change);
    }
  }

  #isSettledChange(change: Change): boolean {
    if (change.mergedAt === null && change.closedAt === null) return false;
    if (!isIntegrated(change, this.#walk.history)) return true;
    const position = this.#walk.integrations.get(change.number);
    return position === undefined || this.#isSettled(position);
  }

  #settleChange(change: Change): void {
    this.#edge.change = [change.id];
    if (!isIntegrated(change, this.#walk.history)) return;
    const shas = [change.mergeCommit ?? "", ...change.commits.map(({ sha }) => sha)];
    for (const sha of shas) if (!this.#isSettled(this.#walk.graph.at.get(sha))) this.watched.add(watching.commit(sha));
  }

  deployments(): void {
    const { rollouts, attempts, graph } = this.#walk;
    const latest = new Map<string, string>();
    for (const [index, { id, environment, tip, sha }] of rollouts.entries()) {
      if (index >= this.#border.first) {
        this.#open.deployment.push(id);
        continue;
      }
      latest.set(environment, id);
      if (tip === -1 && sha !== null) this.watched.add(watching.commit(sha));
    }
    this.#edge.deployment = [...latest.values()];
    for (const { id, sha, endedAt } of attempts) {
      if (endedAt === null || endedAt >= this.#border.cut) this.#open.deployment.push(id);
      else if (sha !== null && !graph.at.has(sha)) this.watched.add(watching.commit(sha));
    }
  }

  incidents(): void {
    const { incidents, links } = this.#study.after;
    for (const [index, incident] of incidents.entries()) {
      if (this.#isSettledIncident(incident, links[index]?.deployment ?? null)) {
        if (incident.deployment !== null) this.watched.add(watching.deployment(incident.deployment));
      } else {
        this.#open.incident.push(incident.id);
      }
    }
  }

  #isSettledIncident({ resolvedAt, openedAt }: Incident, deployment: number | null): boolean {
    const { cut, first } = this.#border;
    return resolvedAt !== null && openedAt < cut && (deployment === null || deployment < first);
  }

  pipelines(): void {
    const facts = new Map(this.#study.facts.pipelines.map((fact) => [fact.id, fact]));
    const { defaultBranch } = this.#walk.history.repository;
    const settled: Pipeline[] = [];
    for (const run of this.#walk.history.pipelines) {
      if (!this.#isSettledRun(run)) {
        this.#open.pipeline.push(run.id);
        continue;
      }
      const fact = facts.get(run.id);
      if (fact?.onDefaultBranch === true) settled.push(run);
      if (run.branch === defaultBranch && !this.#walk.graph.at.has(run.sha)) this.watched.add(watching.commit(run.sha));
      if (fact?.isFlaky === false && run.outcome === "failure") this.watched.add(watching.work(run));
    }
    const edge = standing(settled);
    if (edge.some(({ earlier }) => earlier.length > 0)) this.isSound = false;
    this.#edge.pipeline = edge.map(({ id }) => id);
    this.#red = this.#edge.pipeline.flatMap((id) => {
      const fact = facts.get(id);
      return fact === undefined || fact.brokeAt === null ? [] : [[id, fact.greenAt]];
    });
  }

  /** A commit that is not on the default branch may come to it, and its runs with it. */
  #isSettledRun({ outcome, createdAt, finishedAt, earlier, branch, sha }: Pipeline): boolean {
    const { cut } = this.#border;
    const ends = [finishedAt, ...earlier.map((attempt) => attempt.finishedAt)];
    if (!isOver(outcome) || createdAt >= cut || ends.some((at) => (at ?? -Infinity) >= cut)) return false;
    const { graph, history, onDefault } = this.#walk;
    const position = graph.at.get(sha);
    return branch !== history.repository.defaultBranch || position === undefined || onDefault[position] === 1;
  }

  #isSettled(position: number | undefined): boolean {
    const by = this.#walk.claims[position ?? -1] ?? -1;
    return by !== -1 && by < this.#border.first;
  }
}
