/** Runs of pipelines: how long they took and waited, whether they failed, and how long the default branch stayed broken. */
import type { Beyond } from "./beyond.ts";
import type { Place } from "./derive.ts";
import type { Attempt, Outcome, Pipeline } from "./events.ts";
import type { PipelineFact } from "./facts.ts";
import { runnerMinutes } from "./runners.ts";
import type { Instant } from "./time.ts";
import { MINUTE } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isOwn } from "./walk.ts";

/** One job hands over to the next within this; a longer pause is a wait. */
const HANDOVER = MINUTE;

/** In the order in which the runs were made. Of a part of a repository: the runs of its commits, and of those of its changes. */
export function pipelineFacts(place: Place, walk: Walk, beyond: Beyond): readonly PipelineFact[] {
  const isOwnRun = ownRuns(walk);
  const runs = walk.history.pipelines.filter(isOwnRun).toSorted(inOrder);
  const onDefault = new Set(runs.filter((run) => isOnDefault(walk, beyond, run)));
  const broken = breaks([...onDefault]);
  const green = successes(runs);
  return runs.map((run) => {
    const { id, name, url, sha, branch, outcome, attempt, createdAt } = run;
    const finishedAt = isOver(outcome) ? run.finishedAt : null;
    const { pausedAt, resumedAt } = longestPause(run);
    const broke = broken.get(run);
    // Each field by name: spreading made this several times slower, and there are many runs.
    return {
      source: place.source,
      repository: place.repository,
      service: place.service,
      id,
      name,
      url,
      sha,
      branch,
      onDefaultBranch: onDefault.has(run),
      outcome,
      attempts: attempt,
      createdAt,
      begunAt: attempt > 1 ? run.startedAt : createdAt,
      startedAt: startOf(run),
      finishedAt,
      pausedAt,
      resumedAt,
      isFlaky: isFlaky(run, green),
      brokeAt: broke?.brokeAt ?? null,
      greenAt: broke?.greenAt ?? null,
      runnerMinutes: runnerMinutes(run),
    };
  });
}

export function isOver(outcome: Outcome): boolean {
  return outcome !== "running" && outcome !== "waiting";
}

function inOrder(a: Pipeline, b: Pipeline): number {
  return a.createdAt - b.createdAt || byText(a.id, b.id) || byText(a.source, b.source);
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What nobody can place belongs to no part, as with commits. */
function ownRuns(walk: Walk): (run: Pipeline) => boolean {
  const { owned, graph, history } = walk;
  if (owned === null) return () => true;
  const ofChanges = new Set(
    history.changes.flatMap(({ number, commits, mergeCommit }) =>
      owned.changes.has(number) ? [mergeCommit ?? "", ...commits.map(({ sha }) => sha)] : [],
    ),
  );
  return ({ sha }) => {
    const position = graph.at.get(sha);
    return ofChanges.has(sha) || (position !== undefined && isOwn(walk, position));
  };
}

/** A fork may call its branch the same: the commit must be there too. `false` where the default branch is not known. */
function isOnDefault({ history, graph, onDefault }: Walk, beyond: Beyond, { branch, sha }: Pipeline): boolean {
  if (branch === null || branch !== history.repository.defaultBranch) return false;
  const position = graph.at.get(sha);
  return position === undefined ? beyond.commits.get(sha) === true : onDefault[position] === 1;
}

/**
 * When the first job of a run began. A host that knows no jobs may name the creation as the start, which tells of no queue; of a run
 * that was tried again, what is known is about the last attempt.
 */
function startOf({ attempt, jobs, createdAt, startedAt }: Pipeline): Instant | null {
  if (attempt > 1) return null;
  let first: Instant | null = null;
  for (const job of jobs)
    if (job.startedAt !== null && (first === null || job.startedAt < first)) first = job.startedAt;
  if (first !== null) return first;
  return startedAt === createdAt ? null : startedAt;
}

/** The longest stretch of the last attempt, between two of its jobs, in which none ran. */
function longestPause({ jobs, startedAt }: Pipeline): Pick<PipelineFact, "pausedAt" | "resumedAt"> {
  const ran: { from: Instant; to: Instant }[] = [];
  for (const job of jobs) {
    const from = job.startedAt;
    // One that is not over runs until nobody knows when: nothing after it is a pause.
    if (from !== null && from >= (startedAt ?? -Infinity)) ran.push({ from, to: job.finishedAt ?? Infinity });
  }
  ran.sort((a, b) => a.from - b.from);
  let [pausedAt, resumedAt, longest]: [Instant | null, Instant | null, number] = [null, null, HANDOVER];
  let end = Infinity;
  for (const { from, to } of ran) {
    if (from - end > longest) [pausedAt, resumedAt, longest] = [end, from, from - end];
    end = end === Infinity ? to : Math.max(end, to);
  }
  return { pausedAt, resumedAt };
}

/** When each workflow succeeded on a commit on which any failed: the creation of the last run of it that did. */
function successes(runs: readonly Pipeline[]): ReadonlyMap<string, Instant> {
  // Most commits never fail, and names of work cost more than all else here.
  const failed = new Set<string>();
  for (const { outcome, sha } of runs) if (outcome === "failure") failed.add(sha);
  const found = new Map<string, Instant>();
  for (const run of runs) if (run.outcome === "success" && failed.has(run.sha)) found.set(sameWork(run), run.createdAt);
  return found;
}

/** Runs of one workflow on one commit of one branch are the same work. */
export function sameWork({ name, sha, branch }: Pipeline): string {
  return JSON.stringify([name, sha, branch]);
}

/**
 * Whether a run failed and the same workflow then succeeded on the same commit. Where the earlier attempts were not read, a later
 * attempt stands for a failure: nobody tries again what was green. `null` of a run without a verdict.
 */
function isFlaky(run: Pipeline, green: ReadonlyMap<string, Instant>): boolean | null {
  switch (run.outcome) {
    case "success":
      return run.earlier.length === 0 ? run.attempt > 1 : run.earlier.some(({ outcome }) => outcome === "failure");
    case "failure":
      return (green.get(sameWork(run)) ?? -Infinity) > run.createdAt;
    default:
      return null;
  }
}

interface Verdict {
  readonly run: Pipeline;
  readonly at: Instant;
  readonly isSuccess: boolean;
}

interface Break {
  readonly brokeAt: Instant;
  readonly greenAt: Instant | null;
}

/** Per run that broke its workflow: when it did, and when the workflow was green again. */
function breaks(runs: readonly Pipeline[]): ReadonlyMap<Pipeline, Break> {
  const found = new Map<Pipeline, Break>();
  for (const verdicts of byWorkflow(runs)) {
    const { broken, red } = breaksOf(verdicts);
    if (red !== null) broken.push([red.run, { brokeAt: red.at, greenAt: null }]);
    for (const [run, broke] of broken) if (!found.has(run)) found.set(run, broke);
  }
  return found;
}

/** On whose account each workflow is red after some runs of the default branch, and which run spoke last: all that matters to later ones. */
export function standing(runs: readonly Pipeline[]): readonly Pipeline[] {
  const found = new Set<Pipeline>();
  for (const verdicts of byWorkflow(runs)) {
    const { red, latest } = breaksOf(verdicts);
    if (red !== null) found.add(red.run);
    if (latest !== null) found.add(latest);
  }
  return [...found];
}

function byWorkflow(runs: readonly Pipeline[]): Iterable<readonly Verdict[]> {
  const ofWorkflow = new Map<string, Verdict[]>();
  for (const run of runs) {
    const verdicts = ofWorkflow.get(run.name) ?? [];
    if (verdicts.length === 0) ofWorkflow.set(run.name, verdicts);
    for (const attempt of run.earlier) addVerdict(verdicts, run, attempt);
    addVerdict(verdicts, run, run);
  }
  return ofWorkflow.values();
}

function addVerdict(
  verdicts: Verdict[],
  run: Pipeline,
  { outcome, finishedAt }: Pick<Attempt, "outcome" | "finishedAt">,
): void {
  if (finishedAt === null || (outcome !== "success" && outcome !== "failure")) return;
  verdicts.push({ run, at: finishedAt, isSuccess: outcome === "success" });
}

/** A run speaks for its commit: an older one neither mends what a newer one broke nor breaks what a newer one mended. */
function breaksOf(verdicts: readonly Verdict[]): {
  broken: (readonly [Pipeline, Break])[];
  red: Verdict | null;
  latest: Pipeline | null;
} {
  const broken: (readonly [Pipeline, Break])[] = [];
  let red: Verdict | null = null;
  let latest: Pipeline | null = null;
  for (const verdict of verdicts.toSorted((a, b) => a.at - b.at || inOrder(a.run, b.run))) {
    const { run, at, isSuccess } = verdict;
    if (latest !== null && inOrder(run, latest) < 0) continue;
    latest = run;
    if (isSuccess && red !== null) broken.push([red.run, { brokeAt: red.at, greenAt: at }]);
    if (isSuccess) red = null;
    else red ??= verdict;
  }
  return { broken, red, latest };
}
