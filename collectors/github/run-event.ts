/** A workflow run becomes a pipeline: https://docs.github.com/rest/actions/workflow-runs */
import { z } from "zod";
import type { Attempt, Job, Outcome, Pipeline } from "#metrics/events.ts";
import { gitHubRunner } from "../runner.ts";
import { At } from "./payload.ts";
import type { Place } from "./place.ts";

export const RunPayload = z.object({
  id: z.number(),
  name: z.string().nullish(),
  path: z.string().optional(),
  html_url: z.string(),
  head_sha: z.string(),
  head_branch: z.string().nullable(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  run_attempt: z.number().optional(),
  created_at: At,
  updated_at: At,
  run_started_at: At.optional(),
});
export type RunPayload = z.infer<typeof RunPayload>;

export const JobPayload = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  started_at: At.nullable(),
  completed_at: At.nullable(),
  run_attempt: z.number().optional(),
  labels: z.array(z.string()).nullish(),
  runner_id: z.number().nullish(),
  runner_name: z.string().nullish(),
  runner_group_name: z.string().nullish(),
});
export type JobPayload = z.infer<typeof JobPayload>;

/** What people call the workflow of a run; one without a name goes by its file. */
export function workflowOf({ name, path }: RunPayload): string {
  return name ?? path ?? "";
}

/** What costs further requests to know of a run. */
export interface RunDetails extends JobsOfAttempts {
  readonly earlier: readonly Attempt[];
}

/** Those of the last attempt, and those that ran in earlier ones. */
export interface JobsOfAttempts {
  readonly jobs: readonly Job[];
  readonly retried: readonly Job[];
}

export function runEvent({ identity }: Place, run: RunPayload, { jobs, retried, earlier }: RunDetails): Pipeline {
  const { number, ...latest } = attemptOf(run);
  return {
    kind: "pipeline",
    ...identity,
    id: String(run.id),
    name: workflowOf(run),
    url: run.html_url,
    sha: run.head_sha,
    branch: run.head_branch,
    attempt: number,
    earlier,
    createdAt: run.created_at,
    ...latest,
    jobs,
    ...(retried.length > 0 && { retried }),
  };
}

/** Each attempt starts anew; the list of runs tells the latest one. */
export function attemptOf(run: RunPayload): Attempt {
  const outcome = outcomeOf(run);
  const isOver = run.status === "completed" && outcome !== "waiting";
  return {
    number: run.run_attempt ?? 1,
    outcome,
    startedAt: outcome === "waiting" ? null : (run.run_started_at ?? run.created_at),
    finishedAt: isOver ? run.updated_at : null,
  };
}

export function jobOf(job: JobPayload): Job {
  return {
    id: String(job.id),
    name: job.name,
    outcome: outcomeOf(job),
    // A job that may fail reports success to its run; GitHub does not say which ones those are.
    allowedToFail: false,
    environment: null,
    startedAt: job.started_at,
    finishedAt: job.status === "completed" ? job.completed_at : null,
    runner: gitHubRunner(job),
  };
}

/**
 * The status by which GitHub lists a run that is not finished; empty when it is. A run that needs somebody's approval is not,
 * although GitHub calls some of them completed.
 */
export function pendingStatus({ status, conclusion }: RunPayload): string {
  if (status !== "completed") return status ?? "queued";
  return conclusion === "action_required" ? conclusion : "";
}

function outcomeOf({ status, conclusion }: { status: string | null; conclusion: string | null }): Outcome {
  if (status !== "completed") return status === "in_progress" ? "running" : "waiting";
  switch (conclusion) {
    case "success":
    case "neutral":
      return "success";
    case "cancelled":
      return "cancelled";
    case "skipped":
    case "stale":
      return "skipped";
    case "action_required":
      return "waiting";
    default:
      return "failure";
  }
}
