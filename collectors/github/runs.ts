/** Workflow runs: first backwards from the newest; from then on the latest hundred again, which may be run again, and those not finished. */
import type { Pipeline } from "#metrics/events.ts";
import { DAY } from "#metrics/time.ts";
import type { RunFilter } from "../collector.ts";
import { runMatcher } from "../patterns.ts";
import type { RunsBookmark } from "./bookmark.ts";
import { existing } from "./existing.ts";
import type { Place } from "./place.ts";
import { pendingStatus, runEvent, workflowOf } from "./run-event.ts";
import type { RunDetails, RunPayload } from "./run-event.ts";
import { earlierAttempts, jobsOf, runPages, singleRun } from "./run-pages.ts";
import { step, versionOf } from "./step.ts";
import type { Step } from "./step.ts";

/** How many of the latest runs are compared with what is known of them: they fit on one page. */
const KEPT = 90;
/** A run may wait 30 days for an approval; one without an outcome for longer was forgotten. */
const PATIENCE = 35 * DAY;
/** Up to so many unfinished runs are asked for one by one; of more, GitHub's list tells which ones are finished. */
const SINGLES = 2;

export async function* runs(place: Place, before: RunsBookmark | null): AsyncGenerator<Step<RunsBookmark>> {
  const { jobs } = place.wants;
  // What is wanted now was not read of the runs before.
  const isEnough =
    before !== null &&
    (before.runners || jobs.length === 0) &&
    jobs.every((filter) => before.jobs.some((known) => isSame(known, filter)));
  let bookmark: RunsBookmark = isEnough ? { ...before, jobs: [...jobs], runners: true } : nothingOf(jobs);
  if (!bookmark.filled) {
    for await (const { runs: page, since } of runPages(place, { since: null, until: bookmark.until, status: null })) {
      const taken = await take(place, { ...bookmark, until: since ?? bookmark.until }, page);
      ({ bookmark } = taken);
      yield { ...taken, done: 0.5 };
    }
    bookmark = { ...bookmark, filled: true };
    yield step(bookmark);
  }
  // What a reading of many pages missed at its beginning is found like anything else that happened since.
  for await (const taken of updates(place, bookmark)) {
    ({ bookmark } = taken);
    yield taken;
  }
}

function nothingOf(jobs: readonly RunFilter[]): RunsBookmark {
  return { until: null, filled: false, seen: [], jobs: [...jobs], runners: true };
}

function isSame(one: RunFilter, other: RunFilter): boolean {
  return one.name === other.name && one.branch === other.branch;
}

async function* updates(place: Place, start: RunsBookmark): AsyncGenerator<Step<RunsBookmark>> {
  let bookmark = start;
  const waiting = new Map(start.seen.filter(([, , , status]) => status !== "").map((entry) => [entry[0], entry]));
  const latest = start.seen.map(([, , createdAt]) => createdAt).toSorted((a, b) => b - a);
  for await (const { runs: page } of runPages(place, { since: latest[KEPT - 1] ?? null, until: null, status: null })) {
    for (const { id } of page) waiting.delete(String(id));
    const taken = await take(place, bookmark, page);
    ({ bookmark } = taken);
    // The newest come first: until the older ones are read too, whoever resumes has to begin here again.
    yield { ...taken, bookmark: start };
  }
  yield step(bookmark);
  const left = [...waiting.values()];
  for (const wanted of new Set(left.map(([, , , status]) => status))) {
    const entries = left.filter(([, , , status]) => status === wanted);
    for await (const taken of pending(place, bookmark, entries)) {
      ({ bookmark } = taken);
      yield taken;
    }
  }
}

/** Runs that waited for the same when they were last asked for. */
async function* pending(place: Place, start: RunsBookmark, entries: RunsBookmark["seen"]) {
  let bookmark = start;
  const asked = new Set(entries.map(([id]) => id));
  const status = entries[0]?.[3] ?? null;
  if (entries.length > SINGLES) {
    const since = Math.min(...entries.map(([, , createdAt]) => createdAt));
    const until = Math.max(...entries.map(([, , createdAt]) => createdAt));
    for await (const { runs: page } of runPages(place, { since, until, status })) {
      const still = page.filter(({ id }) => asked.delete(String(id)));
      const taken = await take(place, bookmark, still);
      ({ bookmark } = taken);
      yield taken;
    }
  }
  for (const id of asked) {
    // Runs that were deleted are no longer waited for.
    const run = await existing(place, singleRun(place, id));
    const seen = run === null ? bookmark.seen.filter(([other]) => other !== id) : bookmark.seen;
    const taken = await take(place, { ...bookmark, seen }, run === null ? [] : [run]);
    ({ bookmark } = taken);
    yield taken;
  }
}

async function take(
  place: Place,
  bookmark: RunsBookmark,
  payloads: readonly RunPayload[],
): Promise<Step<RunsBookmark>> {
  const seen = new Map(bookmark.seen.map((entry) => [entry[0], entry]));
  const isWanted = runMatcher(place.wants.jobs);
  const events: Pipeline[] = [];
  for (const run of payloads) {
    const id = String(run.id);
    const version = versionOf(run);
    if (seen.get(id)?.[1] !== version)
      events.push(
        runEvent(place, run, isWanted(workflowOf(run), run.head_branch) ? await details(place, run) : NO_DETAILS),
      );
    seen.delete(id);
    seen.set(id, [id, version, run.created_at, pendingStatus(run)]);
  }
  return step({ ...bookmark, seen: kept([...seen.values()]) }, { events });
}

const NO_DETAILS: RunDetails = { jobs: [], retried: [], earlier: [] };

/** Only of runs that a rule needs them of: that costs a request for each run, and one for each of its earlier attempts. */
async function details(place: Place, run: RunPayload): Promise<RunDetails> {
  return { ...(await jobsOf(place, run)), earlier: await earlierAttempts(place, run) };
}

function kept(seen: RunsBookmark["seen"]): RunsBookmark["seen"] {
  const newest = seen.map(([, , createdAt]) => createdAt).toSorted((a, b) => b - a);
  const since = newest[KEPT - 1] ?? -Infinity;
  const patience = (newest[0] ?? 0) - PATIENCE;
  return seen.filter(([, , createdAt, status]) => createdAt >= since || (status !== "" && createdAt >= patience));
}
