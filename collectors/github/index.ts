/** Repositories on GitHub and GitHub Enterprise. */
import type { Pseudonym } from "#metrics/events.ts";
import { HostError } from "../collector.ts";
import type { Batch, Collector, Cursor, Notice, Wants } from "../collector.ts";
import { createPoliteFetch, statusOf } from "../polite/index.ts";
import type { Effects, Wait } from "../polite/index.ts";
import { sideBySide } from "../side-by-side.ts";
import { persons } from "./actors.ts";
import { archived, gone, withheldAlerts } from "./attention.ts";
import { fromCursor, nothingRead } from "./bookmark.ts";
import type { AlertsBookmark, Bookmarks, RepositoryBookmark } from "./bookmark.ts";
import { createClient } from "./client.ts";
import type { Client } from "./client.ts";
import { discover } from "./discovery.ts";
import { createFields } from "./fields.ts";
import type { Fields } from "./fields.ts";
import { departed } from "./gone.ts";
import type { GitHubOptions } from "./options.ts";
import type { Place } from "./place.ts";
import { repository } from "./repository.ts";
import type { Step } from "./step.ts";
import { find } from "./target.ts";

export interface GitHubContext {
  readonly pseudonym: (identity: string) => Pseudonym;
  /** Told when a wait begins, and `null` when it is over. */
  readonly onWait?: (wait: Wait | null) => void;
  /** What the services of a repository need, by the name under which its events are known. Default: no files, no jobs. */
  readonly wants?: (repository: string) => Wants;
  readonly effects?: Partial<Effects>;
}

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
  const reading: Reading = { source, options, context, client, fields, now, bookmarks, ...seen };
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

interface Reading {
  readonly source: string;
  readonly options: GitHubOptions;
  readonly context: GitHubContext;
  readonly client: Client;
  readonly fields: Fields;
  /** When the sync began. */
  readonly now: number;
  readonly bookmarks: Bookmarks;
  /** Repositories that could not be read, and why. */
  readonly broken: Map<string, HostError>;
  /** The names of those that are archived. */
  readonly archived: string[];
  /** What is remembered of their alerts, by name. */
  readonly alerts: Map<string, AlertsBookmark>;
}

interface Taken {
  readonly name: string;
  /** The host's number of the repository. */
  readonly id: string;
  readonly taken: Step<RepositoryBookmark>;
}

/** A repository that cannot be read does not stop the others; a token that is not accepted stops all. */
async function* steps(reading: Reading, name: string): AsyncGenerator<Taken> {
  const { client, fields, options, bookmarks, source, broken } = reading;
  try {
    const { glance, notices } = await find(client, fields, name);
    if (glance.isArchived) reading.archived.push(name);
    const id = String(glance.databaseId);
    const bookmark = bookmarks.get(id) ?? nothingRead(glance.nameWithOwner);
    const place = placeOf(reading, bookmark.name, glance.nameWithOwner, glance.url);
    if (notices.length > 0)
      yield { name, id, taken: { events: [], removed: [], tips: [], notices, bookmark, done: 0 } };
    for await (const taken of repository(place, bookmark, glance, reading.now)) yield { name, id, taken };
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    if (options.repositories?.length === 1) throw error;
    broken.set(name, new HostError(source, error.reason, `${name}: ${error.message}`, error));
  }
}

function placeOf(reading: Reading, known: string, current: string, url: string): Place {
  const { client, fields, options, source } = reading;
  const { pseudonym } = reading.context;
  const [owner = "", name = ""] = current.split("/");
  const identity = { source, repository: known };
  const place = { identity, owner, name, url, client, fields, options, wants: wantsOf(reading, known) };
  return { ...place, pseudonym, persons: persons(pseudonym, new URL(url).host) };
}

function wantsOf({ options, context: { wants } }: Reading, repository: string): Wants {
  const { paths, jobs } = wants?.(repository) ?? { paths: false, jobs: [] };
  return { paths, jobs: options.jobs === undefined ? jobs : [...jobs, { name: options.jobs, branch: null }] };
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
