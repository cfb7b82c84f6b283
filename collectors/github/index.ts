/** Repositories on GitHub and GitHub Enterprise. */
import { HostError } from "../collector.ts";
import type { Batch, Collector, Cursor, Notice } from "../collector.ts";
import { peopleOf } from "../people.ts";
import { createPoliteFetch } from "../polite/index.ts";
import { sideBySide } from "../side-by-side.ts";
import { archived, gone, withheldAlerts } from "./attention.ts";
import { fromCursor } from "./bookmark.ts";
import type { Bookmarks, RepositoryBookmark } from "./bookmark.ts";
import { createClient } from "./client.ts";
import { discover } from "./discovery.ts";
import { createFields } from "./fields.ts";
import { departed } from "./gone.ts";
import type { GitHubOptions } from "./options.ts";
import { steps } from "./reading.ts";
import type { GitHubContext, Reading } from "./reading.ts";
import type { Step } from "./step.ts";

export type { GitHubContext } from "./reading.ts";

/** Repositories that are read at once, within one budget. */
const WIDTH = 4;

/** The bookmark of many repositories is long, and writing it with every batch would cost more than reading a few pages again. */
const BYTES_PER_BATCH = 100_000;

export function github(options: GitHubOptions, context: GitHubContext): Collector {
  const name = options.name === undefined ? "" : `#${options.name}`;
  const source = `github:${options.url}/${ownersOf(options)}${name}`;
  return {
    source,
    name: githubName(options),
    collect: (cursor, signal) => collect(source, options, context, fromCursor(cursor), signal),
  };
}

/** What people call it: its name, else its owners and where they are. */
export function githubName(options: GitHubOptions): string {
  if (options.name !== undefined) return options.name;
  const { host } = new URL(options.url);
  return `${ownersOf(options)} on ${host === "api.github.com" ? "GitHub" : host}`;
}

/** Not the repositories' names: adding one must not make a new source of all others. */
function ownersOf({ repositories, organization }: GitHubOptions): string {
  const owners = repositories?.map((name) => name.split("/")[0] ?? "") ?? [organization ?? ""];
  return [...new Set(owners)].toSorted((a, b) => a.localeCompare(b)).join(",");
}

async function* collect(
  source: string,
  options: GitHubOptions,
  context: GitHubContext,
  bookmarks: Bookmarks,
  caller: AbortSignal,
): AsyncGenerator<Batch> {
  caller.throwIfAborted();
  const stopped = new AbortController();
  const signal = AbortSignal.any([caller, stopped.signal]);
  const { onWait = () => {}, effects = {} } = context;
  const polite = createPoliteFetch({ source, signal, onWait, effects, budget: options.budget });
  const client = createClient(source, options, polite);
  const now = (effects.now ?? Date.now)();
  const fields = createFields(bookmarks.lacking, now);
  const seen = { broken: new Map(), archived: [], alerts: new Map() };
  const people = peopleOf(context);
  const reading: Reading = { source, options, context, people, client, fields, now, bookmarks, ...seen };
  try {
    const { names, owned } = await discover(client, options);
    const left = owned === null ? [] : await departed(client, options, bookmarks, owned);
    const done = new Map<string, number>();
    let skipped = 0;
    let last = 0;
    for await (const { name, taken, id } of sideBySide(
      names.map((name) => steps(reading, name)),
      WIDTH,
      stopped,
    )) {
      caller.throwIfAborted();
      const moved = bookmarks.set(id, taken.bookmark);
      if (options.alerts && taken.bookmark.alerts !== null) reading.alerts.set(name, taken.bookmark.alerts);
      done.set(name, taken.done);
      if (moved || isNews(taken)) {
        const isDue = ++skipped * BYTES_PER_BATCH > last;
        const cursor = isDue ? bookmarks.toCursor(fields.lacking()) : null;
        if (cursor !== null) [skipped, last] = [0, cursor.length];
        yield batch(taken, cursor, progress(done, names.length));
      }
      caller.throwIfAborted();
    }
    yield* ending(reading, left, names.length);
  } finally {
    stopped.abort(new Error("The sync has ended."));
  }
}

function isNews({ events, removed, notices }: Step<RepositoryBookmark>): boolean {
  return events.length + removed.length + notices.length > 0;
}

function batch({ events, removed, notices }: Step<RepositoryBookmark>, cursor: Cursor | null, done: number): Batch {
  return { events, removed, notices, cursor, progress: done };
}

function progress(done: ReadonlyMap<string, number>, count: number): number {
  let sum = 0;
  for (const share of done.values()) sum += share;
  return Math.min(1, sum / Math.max(1, count));
}

/** Last, what could not be read: for good as notices, for now as an error that makes the sync count as incomplete. */
function* ending(reading: Reading, left: readonly string[], count: number): Generator<Batch> {
  const { broken, bookmarks, fields, source } = reading;
  const errors = [...broken.values()];
  const [first] = errors;
  if (first !== undefined && errors.length === count) throw first;
  const failures = errors.map((error): Notice => ({ level: "warning", code: error.reason, message: error.message }));
  const notices = [...failures, ...gone(left), ...archived(reading.archived), ...withheldAlerts(reading.alerts)];
  yield { events: [], removed: [], notices, cursor: bookmarks.toCursor(fields.lacking()), progress: 1 };
  const unavailable = errors.filter(({ reason }) => reason === "unavailable");
  if (unavailable.length === 0) return;
  const names = [...broken].filter(([, { reason }]) => reason === "unavailable").map(([name]) => name);
  throw new HostError(
    source,
    "unavailable",
    `${names.join(", ")} could not be read completely, all others were. Nothing needs to be done if this passes: the next sync goes on from here.`,
    unavailable[0],
  );
}
