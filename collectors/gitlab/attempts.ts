/** The attempts of a pipeline. GitLab does not count them: it keeps the jobs that were tried again, beside those that replaced them. */
import type { Attempt, Outcome } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { outcomeOf } from "./outcomes.ts";
import type { Job } from "./payloads.ts";

export interface Attempts {
  readonly attempt: number;
  readonly earlier: readonly Attempt[];
  /** When the last one began. */
  readonly startedAt: Instant | null;
}

/**
 * A pipeline has as many attempts as the job that was tried most often has tries, retries by itself (`retry:`) included. The n-th
 * ended when some job's next try was made, with what had become of all jobs until then.
 */
export function attemptsOf(jobs: readonly Job[]): Attempts {
  const tries = byName(jobs);
  const count = Math.max(1, ...tries.map(({ length }) => length));
  const begins = Array.from({ length: count }, (_, index) => beginOf(tries, index));
  const earlier: Attempt[] = [];
  for (let number = 1; number < count; number += 1) {
    const [from, to] = [begins[number - 1] ?? 0, begins[number] ?? Infinity];
    const own = jobs.filter(({ created_at, started_at }) => created_at >= from && isBefore(started_at, to));
    earlier.push({
      number,
      outcome: outcomeAt(tries, to),
      startedAt: first(own.map(({ started_at }) => started_at)),
      finishedAt: last(own.map(({ finished_at }) => finished_at).filter((at) => isBefore(at, to))),
    });
  }
  const own = jobs.filter(({ created_at }) => created_at >= (begins[count - 1] ?? 0));
  return { attempt: count, earlier, startedAt: first(own.map(({ started_at }) => started_at)) };
}

/** The tries of each job, in order. */
function byName(jobs: readonly Job[]): readonly (readonly Job[])[] {
  const tries = new Map<string, Job[]>();
  for (const job of jobs.toSorted((a, b) => a.id - b.id)) {
    const before = tries.get(job.name);
    if (before === undefined) tries.set(job.name, [job]);
    else before.push(job);
  }
  return [...tries.values()];
}

/** When the first of the jobs that were tried so often was made. */
function beginOf(tries: readonly (readonly Job[])[], index: number): Instant {
  if (index === 0) return 0;
  return Math.min(...tries.flatMap((of) => of[index]?.created_at ?? []));
}

function outcomeAt(tries: readonly (readonly Job[])[], at: Instant): Outcome {
  const until = tries.flatMap(
    (of) => of.findLast(({ created_at, finished_at }) => created_at < at && isBefore(finished_at, at)) ?? [],
  );
  const outcomes = until.map(({ status, allow_failure }) => (allow_failure ? "success" : outcomeOf(status)));
  if (outcomes.includes("failure")) return "failure";
  return outcomes.includes("cancelled") ? "cancelled" : "success";
}

function isBefore(instant: Instant | null, at: Instant): boolean {
  return instant !== null && instant <= at;
}

function first(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function last(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}
