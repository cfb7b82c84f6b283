/** What runs of pipelines took of runners, job by job: that is what a host charges, and what a machine of one's own is busy with. */
import type { Job, Pipeline } from "./events.ts";
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
    const minutes = minutesOf(job);
    if (minutes > 0) found.set(job.runner ?? null, (found.get(job.runner ?? null) ?? 0) + minutes);
  }
  return [...found]
    .map(([runner, minutes]) => ({ runner, minutes }))
    .toSorted((a, b) => ((a.runner ?? "\uffff") < (b.runner ?? "\uffff") ? -1 : 1));
}

function minutesOf({ runner, outcome, startedAt, finishedAt }: Job): number {
  if (runner === null || outcome === "skipped" || startedAt === null || finishedAt === null) return 0;
  const minutes = Math.max(0, finishedAt - startedAt) / MINUTE;
  return runner !== undefined && classOf(runner) === GITHUB_HOSTED ? Math.ceil(minutes) : minutes;
}
