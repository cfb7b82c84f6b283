/** Shorthand of the tests in this folder. */
import { GitOptions } from "#collectors/git/options.ts";
import type { Batch, Collector, Cursor } from "#collectors/collector.ts";
import { git } from "#collectors/git/index.ts";
import type { Identities } from "#collectors/people.ts";
import type { Commit, Release, Repository } from "#metrics/events.ts";
import { allBatches } from "#test/support/collector-contract.ts";
import type { GitRepository } from "#test/support/git-repository.ts";

export interface Setting {
  readonly batchSize: number;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether somebody wants to know which files commits changed. */
  readonly paths: boolean;
  readonly identities: Identities;
}

/** People are their addresses here, so that tests can read them. */
export function aCollector(options: object, setting: Partial<Setting> = {}): Collector {
  const { batchSize = 2000, dataFolder = "/nowhere", env = process.env, paths = false, identities } = setting;
  const parsed = GitOptions.parse({ host: "git", ...options });
  const context = {
    dataFolder,
    env,
    pseudonym: (identity: string) => `someone like ${identity}`,
    wants: () => ({ paths, jobs: [] }),
    ...(identities !== undefined && { identities }),
  };
  return git(parsed, context, { batchSize });
}

export interface Collected {
  readonly batches: readonly Batch[];
  readonly commits: readonly Commit[];
  readonly releases: readonly Release[];
  readonly repository: Repository | null;
  /** Names of tags that are gone. */
  readonly removed: readonly string[];
  /** Codes of notices. */
  readonly notices: readonly string[];
  readonly cursor: Cursor | null;
}

export async function collect(collector: Collector, cursor: Cursor | null = null): Promise<Collected> {
  const batches = await allBatches(collector, cursor);
  const events = batches.flatMap((batch) => batch.events);
  return {
    batches,
    commits: events.filter((event) => event.kind === "commit"),
    releases: events.filter((event) => event.kind === "release"),
    repository: events.find((event) => event.kind === "repository") ?? null,
    removed: batches.flatMap(({ removed }) => removed.map(({ id }) => id)),
    notices: batches.flatMap(({ notices }) => notices.map(({ code }) => code)),
    cursor: batches.findLast((batch) => batch.cursor !== null)?.cursor ?? cursor,
  };
}

/** What a repository has to say since a bookmark. */
export async function read({ path }: GitRepository, cursor: Cursor | null = null, options = {}): Promise<Collected> {
  return await collect(aCollector({ path, ...options }), cursor);
}

export function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id).sort();
}

export function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}
