/** The jobs of pipelines: from the project's list of all jobs, newest first, as long as a page of it tells of several pipelines; else pipeline by pipeline. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import { orMissing, orRefused } from "./missing.ts";
import type { Linked } from "./links.ts";
import { readAll } from "./paging.ts";
import type { Job, Pipeline } from "./payloads.ts";
import type { Reading } from "./reading.ts";
import type { Run } from "./wants.ts";

/** Jobs are made a little after their pipeline, and listed by number, which is nearly the same order. */
const MARGIN = 5 * MINUTE;
/** As many jobs are held in memory at most. */
const HELD = 50_000;

/** What was read ahead of the list. */
interface Ahead {
  readonly jobs: Map<number, Job[]>;
  /** Pipelines that came up and are wanted. */
  readonly met: Set<number>;
  pages: number;
  held: number;
  /** When the last job that was read was made. */
  reached: Instant;
  next: string | null;
  /** Whether reading on is worth it. */
  isOpen: boolean;
}

type Asking = Pick<Reading, "api" | "project">;

/** @returns a function that reads the jobs of some pipelines, retried ones included. */
export function jobReader(reading: Asking, isWanted: (run: Run) => boolean) {
  const ahead: Ahead = {
    jobs: new Map(),
    met: new Set(),
    pages: 0,
    held: 0,
    reached: Infinity,
    next: null,
    isOpen: true,
  };
  return async (pipelines: readonly Pipeline[]): Promise<ReadonlyMap<number, readonly Job[]>> => {
    if (pipelines.length > 1)
      await reach(reading, ahead, isWanted, Math.min(...pipelines.map((each) => each.created_at)));
    const read = await Promise.all(
      pipelines.map(async (pipeline) => {
        const jobs = covered(ahead, pipeline) ?? (await alone(reading, pipeline));
        ahead.held -= ahead.jobs.get(pipeline.id)?.length ?? 0;
        ahead.jobs.delete(pipeline.id);
        return [pipeline.id, jobs.toSorted((a, b) => a.id - b.id)] as const;
      }),
    );
    return new Map(read);
  };
}

/** Reads on until the list is older than an instant, or a page tells of no more than one wanted pipeline on average. */
async function reach(
  { api, project }: Asking,
  ahead: Ahead,
  isWanted: (run: Run) => boolean,
  at: Instant,
): Promise<void> {
  while (ahead.isOpen && ahead.reached >= at - MARGIN) {
    // Versions before 15.9 do not page it by key; by number it would slide while it is read.
    const page: Linked<Job> | null = await orRefused(api.allJobs(project.id)(ahead.next));
    if (page === null || !page.byKey) {
      ahead.isOpen = false;
      return;
    }
    for (const job of page.items) take(ahead, job, isWanted);
    ahead.pages += 1;
    ahead.reached =
      page.next === null ? -Infinity : Math.min(ahead.reached, page.items.at(-1)?.created_at ?? -Infinity);
    ahead.next = page.next;
    ahead.isOpen = page.next !== null && ahead.pages < ahead.met.size && ahead.held < HELD;
  }
}

function take(ahead: Ahead, job: Job, isWanted: (run: Run) => boolean): void {
  const pipeline = job.pipeline ?? null;
  if (pipeline === null || !isWanted({ name: null, source: pipeline.source ?? null, branch: pipeline.ref ?? null }))
    return;
  ahead.met.add(pipeline.id);
  const before = ahead.jobs.get(pipeline.id);
  if (before === undefined) ahead.jobs.set(pipeline.id, [job]);
  else before.push(job);
  ahead.held += 1;
}

/** Its jobs, if the list went back far enough and told of the pipeline as it is now; `null` otherwise. */
function covered({ jobs, reached }: Ahead, { id, created_at, updated_at }: Pipeline): readonly Job[] | null {
  if (reached >= created_at - MARGIN) return null;
  const found = jobs.get(id) ?? [];
  const isCurrent = found.length > 0 && found.every((job) => job.pipeline?.updated_at === updated_at);
  return isCurrent ? found : null;
}

async function alone({ api, project }: Asking, { id }: Pipeline): Promise<readonly Job[]> {
  const jobs = readAll(api.jobs(project.id, id), (job) => job.id);
  return (await orMissing(api, project.id, jobs))?.items ?? [];
}
