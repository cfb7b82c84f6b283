/** GitLab: GitLab.com or self-managed, single projects or a group with its subgroups. */
import { HostError } from "../collector.ts";
import type { Batch, Collector, Notice, Wants } from "../collector.ts";
import { peopleOf } from "../people.ts";
import type { PeopleContext } from "../people.ts";
import { createPoliteFetch, statusOf } from "../polite/index.ts";
import type { Effects, Wait } from "../polite/index.ts";
import { sideBySide } from "../side-by-side.ts";
import { createApi } from "./client.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import type { ProjectState } from "./cursor.ts";
import { search } from "./discovery.ts";
import type { Find } from "./discovery.ts";
import { noCommits } from "./known-commits.ts";
import type { GitLabOptions } from "./options.ts";
import { readProject } from "./project.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";
import { NO_WANTS, wantsOf } from "./wants.ts";

export interface GitLabContext extends PeopleContext {
  /** What the rules of a repository's services need; asked at every sync. Default: nothing that costs more. */
  readonly wants?: (repository: string) => Wants;
  /** Told when a wait begins, and `null` when it is over. */
  readonly onWait?: (wait: Wait | null) => void;
  readonly effects?: Partial<Effects>;
}

/** Projects that are read at once, within one budget. */
const WIDTH = 4;

/** The bookmark of many projects is long, and writing it with every batch would cost more than reading a few pages again. */
const BYTES_PER_BATCH = 100_000;

export function gitlab(options: GitLabOptions, context: GitLabContext): Collector {
  const { url, token, group, projects = [], budget } = options;
  const { host } = new URL(url);
  // Tokens of projects make many sources of one group, so the group cannot name them. The first project does, and others can
  // be added after it without beginning anew.
  const source = `gitlab:${url}/${group ?? projects[0] ?? ""}`;
  return {
    source,
    name: gitlabName(options),
    async *collect(cursor, signal) {
      signal.throwIfAborted();
      const stop = new AbortController();
      const { onWait = () => {}, effects = {}, wants = () => NO_WANTS } = context;
      const both = AbortSignal.any([signal, stop.signal]);
      const fetch = createPoliteFetch({ source, signal: both, onWait, effects, budget });
      const api = createApi(source, url, token, fetch);
      const before = fromCursor(cursor);
      const finds = await search(api, options, before);
      const people = peopleOf(context);
      const base = { api, options, host, now: effects.now ?? Date.now, people, said: new Set<string>() };
      const wantsFor = (repository: string) => wantsOf(options, wants(repository));
      const readers = [...finds].map(([name, find]) => readOne(source, name, find, base, wantsFor));
      for await (const batch of batches(sideBySide(readers, WIDTH, stop), before, finds.size)) {
        signal.throwIfAborted();
        yield batch;
      }
    },
  };
}

/** What people call it: the group or the projects, and where they are. */
export function gitlabName({ url, group, projects = [] }: GitLabOptions): string {
  const { host } = new URL(url);
  return `${group ?? projects.join(", ")} on ${host === "gitlab.com" ? "GitLab" : host}`;
}

/** What a reader of one project brought, or why it stopped. */
type Brought = Step | { readonly name: string; readonly error: HostError };

/** A project that fails says so and ends; the others go on. */
async function* readOne(
  source: string,
  name: string,
  find: Find,
  base: Omit<Reading, "place" | "project" | "wants" | "known" | "issues">,
  wantsFor: (repository: string) => Wants,
): AsyncGenerator<Brought> {
  try {
    const { project, state, notices } = await find();
    if (notices.length > 0) yield step(state, [], { notices });
    if (project === null) return;
    const place = { source, repository: state.repository };
    const reading = {
      ...base,
      place,
      project,
      wants: wantsFor(state.repository),
      known: noCommits(),
      issues: new Map(),
    };
    yield* readProject(reading, state);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    yield { name, error };
  }
}

/**
 * Each step with the bookmark of all projects.
 *
 * @throws HostError after all else was read, unless what failed is only out of reach for this token.
 */
async function* batches(
  brought: AsyncIterable<Brought>,
  before: readonly ProjectState[],
  count: number,
): AsyncGenerator<Batch> {
  const states = new Map(before.map((state) => [state.id, state]));
  const done = new Map<number, number>();
  const failures: HostError[] = [];
  let [unsaved, length] = [0, 0];
  for await (const news of brought) {
    if ("error" in news) {
      failures.push(news.error);
      if (count > 1) yield batch([failed(news.name, news.error)]);
      continue;
    }
    const { state, events, removed, notices } = news;
    states.set(state.id, state);
    done.set(state.id, Math.max(news.done ?? 0, done.get(state.id) ?? 0));
    const isDue = ++unsaved * BYTES_PER_BATCH > length;
    const cursor = isDue ? toCursor(states.values()) : null;
    if (cursor !== null) [unsaved, length] = [0, cursor.length];
    yield { events, removed, notices, cursor, progress: share(done, count) };
  }
  if (unsaved > 0) yield { ...batch([]), cursor: toCursor(states.values()) };
  const [first] = failures;
  const serious = failures.find((error) => statusOf(error) !== 403 && statusOf(error) !== 404);
  if (serious !== undefined) throw serious;
  if (first !== undefined && failures.length === count) throw first;
}

function share(done: ReadonlyMap<number, number>, count: number): number {
  let sum = 0;
  for (const each of done.values()) sum += each;
  return Math.min(1, sum / count);
}

function batch(notices: readonly Notice[]): Batch {
  return { events: [], removed: [], notices, cursor: null, progress: null };
}

function failed(name: string, error: HostError): Notice {
  return {
    level: "warning",
    code: "project-failed",
    message: `${name} could not be read to its end. ${error.message}`,
  };
}
