/** What runs of pipelines took of runners, job by job: that is what a host charges, and what a machine of one's own is busy with. */
import type { Job, Pipeline } from "./events.ts";
import type { PipelineFact } from "./facts.ts";
import { MINUTE } from "./time.ts";

/** The class of runners that GitHub itself offers. */
export const GITHUB_HOSTED = "GitHub-hosted";

/** What people read where no host tells the kind. */
export const UNKNOWN_RUNNER = "unknown";

export interface RunnerMinutes {
  /** The kind of runner, such as `self-hosted: gpu, linux`; `null` where no host tells. */
  readonly runner: string | null;
  readonly minutes: number;
}

/** What stands before the colon of a kind: a price may be said of all kinds of it together. */
export function classOf(runner: string): string {
  return runner.split(":", 1)[0]?.trim() ?? runner;
}

/**
 * Minutes by kind of runner, those of jobs side by side added up and those of earlier attempts too, whatever became of them; by name, the unknown one last.
 * Of a runner that GitHub offers each job counts in whole minutes, rounded up, as GitHub charges it
 * (https://docs.github.com/billing/concepts/product-billing/github-actions).
 *
 * @returns `null` where no jobs are known. Jobs that no runner took, or that are not over, add nothing.
 */
export function runnerMinutes({
  jobs,
  retried = [],
}: Pick<Pipeline, "jobs" | "retried">): readonly RunnerMinutes[] | null {
  const all = [...jobs, ...retried];
  if (all.length === 0) return null;
  const found = new Map<string | null, number>();
  for (const job of all) {
    const minutes = ofJob(job);
    if (minutes > 0) found.set(job.runner ?? null, (found.get(job.runner ?? null) ?? 0) + minutes);
  }
  return [...found]
    .map(([runner, minutes]) => ({ runner, minutes }))
    .toSorted((a, b) => ((a.runner ?? "\uffff") < (b.runner ?? "\uffff") ? -1 : 1));
}

function ofJob({ runner, outcome, startedAt, finishedAt }: Job): number {
  if (runner === null || outcome === "skipped" || startedAt === null || finishedAt === null) return 0;
  const minutes = Math.max(0, finishedAt - startedAt) / MINUTE;
  return runner !== undefined && classOf(runner) === GITHUB_HOSTED ? Math.ceil(minutes) : minutes;
}

/**
 * What a run is counted with: the minutes of its jobs, else, where nobody knows its jobs, from its beginning to its end without its pause, in which nothing runs.
 *
 * @returns `null` where neither its jobs nor its beginning are known, or while it is not over.
 */
export function minutesOfRun(run: PipelineFact): readonly RunnerMinutes[] | null {
  const { finishedAt, startedAt, begunAt, runnerMinutes: ofJobs } = run;
  if (ofJobs !== null) return ofJobs;
  const start = startedAt ?? begunAt;
  if (finishedAt === null || start === null || finishedAt < start) return null;
  return [{ runner: null, minutes: Math.max(0, finishedAt - start - pauseOf(run)) / MINUTE }];
}

/** How long nothing of a run ran, in milliseconds; 0 where it did not pause, or nobody knows. */
export function pauseOf({ pausedAt, resumedAt }: PipelineFact): number {
  return pausedAt === null || resumedAt === null ? 0 : resumedAt - pausedAt;
}
