/** The repositories of a source, each with what it takes to read it. */
import type { Instant } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Wants } from "../collector.ts";
import type { People, PeopleContext } from "../people.ts";
import { statusOf } from "../polite/index.ts";
import type { Effects, Wait } from "../polite/index.ts";
import { persons } from "./actors.ts";
import { knowing, nothingRead } from "./bookmark.ts";
import type { AlertsBookmark, Bookmarks, RepositoryBookmark } from "./bookmark.ts";
import type { Client } from "./client.ts";
import type { Fields } from "./fields.ts";
import type { GitHubOptions } from "./options.ts";
import type { Place } from "./place.ts";
import { repository } from "./repository.ts";
import { step } from "./step.ts";
import type { Step } from "./step.ts";
import { find } from "./target.ts";

export interface GitHubContext extends PeopleContext {
  /** Told when a wait begins, and `null` when it is over. */
  readonly onWait?: (wait: Wait | null) => void;
  /** What the services of a repository need, by the name under which its events are known. Default: no files, no jobs. */
  readonly wants?: (repository: string) => Wants;
  readonly effects?: Partial<Effects>;
}

/** One sync of a source. */
export interface Reading {
  readonly source: string;
  readonly options: GitHubOptions;
  readonly context: GitHubContext;
  readonly people: People;
  readonly client: Client;
  readonly fields: Fields;
  /** When the sync began. */
  readonly now: Instant;
  readonly bookmarks: Bookmarks;
  /** Repositories that could not be read, and why. */
  readonly broken: Map<string, HostError>;
  /** The names of those that are archived. */
  readonly archived: string[];
  /** What is remembered of their alerts, by name. */
  readonly alerts: Map<string, AlertsBookmark>;
}

/** What a repository brought. */
export interface Taken {
  readonly name: string;
  /** The host's number of the repository. */
  readonly id: string;
  readonly taken: Step<RepositoryBookmark>;
}

/** A repository that cannot be read does not stop the others; a token that is not accepted stops all. */
export async function* steps(reading: Reading, name: string): AsyncGenerator<Taken> {
  const { client, fields, options, bookmarks, people, source, broken } = reading;
  try {
    const { glance, notices } = await find(client, fields, name);
    if (glance.isArchived) reading.archived.push(name);
    const id = String(glance.databaseId);
    const bookmark = knowing(bookmarks.get(id) ?? nothingRead(glance.nameWithOwner), people.version);
    const place = placeOf(reading, bookmark.name, glance.nameWithOwner, glance.url);
    if (notices.length > 0) yield { name, id, taken: step(bookmark, { notices, done: 0 }) };
    for await (const taken of repository(place, bookmark, glance, reading.now)) yield { name, id, taken };
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    if (options.repositories?.length === 1) throw error;
    broken.set(name, new HostError(source, error.reason, `${name}: ${error.message}`, error));
  }
}

function placeOf(reading: Reading, known: string, current: string, url: string): Place {
  const { client, fields, options, people, source } = reading;
  const [owner = "", name = ""] = current.split("/");
  const identity = { source, repository: known };
  const place = { identity, owner, name, url, client, fields, options, wants: wantsOf(reading, known) };
  return { ...place, persons: persons(people, new URL(url).host) };
}

function wantsOf({ options, context: { wants } }: Reading, repository: string): Wants {
  const { paths, jobs } = wants?.(repository) ?? { paths: false, jobs: [] };
  return { paths, jobs: options.jobs === undefined ? jobs : [...jobs, { name: options.jobs, branch: null }] };
}
