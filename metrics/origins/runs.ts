/** Jobs and runs of pipelines that a rule says are deployments. */
import type { Job, Outcome, Pipeline } from "../events.ts";
import type { JobOrigin, RunOrigin } from "../rules.ts";
import type { Instant } from "../time.ts";
import type { Attempt, Rollout, Seen, Sighted } from "./sighting.ts";
import { positionOf, STATUS } from "./sighting.ts";

/** A job or a try of a run. */
interface Try {
  readonly outcome: Outcome;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

export function jobs({ history, graph }: Seen, rule: JobOrigin): Sighted {
  const [isJob, isWorkflow] = [matching(rule.name), matching(rule.workflow)];
  const isBranch = matching(rule.branch);
  const found: Sighting[] = [];
  for (const pipeline of history.pipelines) {
    if (!isWorkflow(pipeline.name) || !isBranch(pipeline.branch)) continue;
    for (const job of pipeline.jobs) if (isJob(job.name)) found.push(jobSighting(job, pipeline));
  }
  return sighted(found, rule.environment, (sha) => positionOf(graph, sha));
}

export function runs({ history, graph }: Seen, rule: RunOrigin): Sighted {
  const [isWorkflow, isBranch] = [matching(rule.name), matching(rule.branch)];
  const found: Sighting[] = [];
  for (const pipeline of history.pipelines) {
    if (isWorkflow(pipeline.name) && isBranch(pipeline.branch)) found.push(runSighting(pipeline));
  }
  return sighted(found, rule.environment, (sha) => positionOf(graph, sha));
}

/** What is not known matches no pattern. */
export function matching(pattern: string | null): (text: string | null) => boolean {
  if (pattern === null) return () => true;
  const expression = new RegExp(pattern);
  return (text) => text !== null && expression.test(text);
}

interface Sighting {
  readonly id: string;
  readonly name: string;
  readonly route: "job" | "run";
  readonly pipeline: Pipeline;
  /** The last one, and the first that succeeded. */
  readonly last: Try;
  readonly success: Try | null;
}

/** A job that may fail without failing its pipeline has succeeded only when it did. */
function jobSighting(job: Job, pipeline: Pipeline): Sighting {
  const success = job.outcome === "success" ? job : null;
  return { id: job.id, name: job.name, route: "job", pipeline, last: job, success };
}

/** A run that is tried again stays one run: it counts from its first success. */
function runSighting(pipeline: Pipeline): Sighting {
  const { id, name } = pipeline;
  const tries = [...pipeline.earlier.toSorted((a, b) => a.number - b.number), pipeline];
  const success = tries.find(({ outcome, finishedAt }) => outcome === "success" && finishedAt !== null) ?? null;
  return { id, name, route: "run", pipeline, last: pipeline, success };
}

function sighted(found: readonly Sighting[], environment: string, tipOf: (sha: string) => number): Sighted {
  const rollouts: Rollout[] = [];
  const attempts: Attempt[] = [];
  for (const sighting of found) {
    const rollout = rolloutOf(sighting, environment, tipOf);
    if (rollout !== null) rollouts.push(rollout);
    else if (wasTried(sighting)) attempts.push(attemptOf(sighting, environment));
  }
  return { rollouts, attempts };
}

function rolloutOf(
  { id, name, route, pipeline: { url, sha, createdAt }, success }: Sighting,
  environment: string,
  tipOf: (sha: string) => number,
): Rollout | null {
  if (success === null || success.finishedAt === null) return null;
  return {
    id,
    url,
    name,
    environment,
    sha,
    createdAt: success.startedAt ?? createdAt,
    deployedAt: success.finishedAt,
    tip: tipOf(sha),
    tag: null,
    version: null,
    fixes: [],
    route,
    includes: [],
    alsoKnownAs: [],
  };
}

/** What was skipped, waits for somebody or was called off before it began was never tried. A success without a time is no failure either. */
function wasTried({ route, last: { outcome, startedAt } }: Sighting): boolean {
  if (outcome === "success" || outcome === "skipped" || outcome === "waiting") return false;
  return route === "run" || startedAt !== null;
}

function attemptOf({ id, route, pipeline, last }: Sighting, environment: string): Attempt {
  const { url, sha, createdAt } = pipeline;
  return {
    id,
    url,
    environment,
    tier: "production",
    route,
    sha,
    status: STATUS[last.outcome],
    createdAt: last.startedAt ?? createdAt,
    deployedAt: null,
    endedAt: last.finishedAt,
  };
}
