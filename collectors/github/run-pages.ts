/** Workflow runs and their jobs, as GitHub lists them. */
import { z } from "zod";
import type { Attempt } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import { existing } from "./existing.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";
import { attemptOf, jobOf, JobPayload, RunPayload } from "./run-event.ts";
import type { JobsOfAttempts } from "./run-event.ts";

const Runs = z.object({ total_count: z.number(), workflow_runs: z.array(RunPayload) });
const Jobs = z.object({ total_count: z.number(), jobs: z.array(JobPayload) });

/** Created from then to then, both included; `null` is open. */
export interface Span {
  readonly since: Instant | null;
  readonly until: Instant | null;
  /** Only runs with this status; `null` for all. */
  readonly status: string | null;
}

/** GitHub lists 1,000 runs of a filter. */
const LISTED = 1000;
/** Other sizes cut the list elsewhere, so what shifted from one page to the next is found when it is read again. */
const SIZES = [100, 90, 80];

export interface Read {
  readonly runs: readonly RunPayload[];
  /** Everything created since then is read; `null` where pages before this one may still have lost something. */
  readonly since: Instant | null;
}

/**
 * The runs of a span, newest first, in pages. A span that holds more than GitHub lists is read as several, each up to the oldest
 * run of the one before; their counts tell whether something slipped through between two pages, and then it is read again.
 */
export async function* runPages(place: Place, span: Span): AsyncGenerator<Read> {
  let until = span.until;
  for (;;) {
    const found = new Map<number, RunPayload>();
    let total = 0;
    for (const size of SIZES) {
      for (let page = 1; (page - 1) * size < LISTED; page++) {
        const listed = await runPage(place, { ...span, until }, page, size);
        total = listed.total_count;
        until ??= listed.workflow_runs[0]?.created_at ?? null;
        const fresh = listed.workflow_runs.filter(({ id }) => !found.has(id));
        for (const run of fresh) found.set(run.id, run);
        yield { runs: fresh, since: null };
        if (listed.workflow_runs.length < size || found.size >= total) break;
      }
      if (found.size >= Math.min(total, LISTED)) break;
    }
    const oldest = Math.min(...[...found.values()].map(({ created_at }) => created_at));
    if (found.size > 0) yield { runs: [], since: oldest };
    if (found.size >= total || found.size === 0 || oldest === until) return;
    until = oldest;
  }
}

async function runPage(place: Place, span: Span, page: number, size: number) {
  const path = `${api(place)}/actions/runs?per_page=${size}&page=${page}${createdIn(span)}${span.status === null ? "" : `&status=${span.status}`}`;
  return (await place.client.get(path, Runs)).data;
}

function createdIn({ since, until }: Span): string {
  if (since === null && until === null) return "";
  if (since === null) return `&created=${encodeURIComponent(`<=${atSecond(until ?? 0)}`)}`;
  return `&created=${encodeURIComponent(until === null ? `>=${atSecond(since)}` : `${atSecond(since)}..${atSecond(until)}`)}`;
}

export async function singleRun(place: Place, id: string): Promise<RunPayload> {
  return (await place.client.get(`${api(place)}/actions/runs/${id}`, RunPayload)).data;
}

/**
 * The attempts before the latest one: a request for each of them, https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run-attempt.
 * Empty where the host does not know them any more, or never did.
 */
export async function earlierAttempts(place: Place, run: RunPayload): Promise<Attempt[]> {
  const earlier: Attempt[] = [];
  for (let number = (run.run_attempt ?? 1) - 1; number >= 1; number--) {
    const path = `${api(place)}/actions/runs/${run.id}/attempts/${number}`;
    const found = await existing(place, place.client.get(path, RunPayload));
    if (found === null) break;
    earlier.unshift({ ...attemptOf(found.data), number });
  }
  return earlier;
}

/** All jobs of all attempts of a run: GitHub tells them for the same price as those of the latest alone. */
export async function jobsOf(place: Place, run: RunPayload): Promise<JobsOfAttempts> {
  const jobs = new Map<number, JobPayload>();
  for (let page = 1; ; page++) {
    const path = `${api(place)}/actions/runs/${run.id}/jobs?filter=all&per_page=100&page=${page}`;
    const { data, more } = await place.client.get(path, Jobs);
    for (const job of data.jobs) jobs.set(job.id, job);
    if (!more) return byAttempt([...jobs.values()]);
  }
}

/**
 * Of each job its last try, and those before. Where only what failed was tried again, what succeeded before is a job of the last attempt, too, be it told once
 * or once more with the times of then: that ran once.
 */
function byAttempt(all: readonly JobPayload[]): JobsOfAttempts {
  const last = new Map<string, number>();
  for (const { name, run_attempt: attempt = 1 } of all) last.set(name, Math.max(attempt, last.get(name) ?? 1));
  const work = ({ name, started_at: from, completed_at: to }: JobPayload): string => JSON.stringify([name, from, to]);
  const jobs = all.filter(({ name, run_attempt: attempt = 1 }) => attempt === last.get(name));
  const told = new Set(jobs.map(work));
  const earlier = all.filter((job) => !jobs.includes(job) && !told.has(work(job)));
  return { jobs: jobs.map(jobOf), retried: earlier.map(jobOf) };
}

function atSecond(at: Instant): string {
  return new Date(Math.floor(at / SECOND) * SECOND).toISOString().replace(".000Z", "Z");
}
