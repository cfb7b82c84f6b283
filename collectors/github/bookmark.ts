/** Where each repository got to. Small: it is written with every batch, for every repository of the source. */
import { z } from "zod";
import type { Cursor } from "../collector.ts";

const Seen = z.array(z.tuple([z.string(), z.string()]));
const Instant = z.number();

export const ChangesBookmark = z.object({
  /** Where the first reading, by creation, goes on; `null` once it is through. */
  after: z.string().nullable(),
  filled: z.boolean(),
  /** Everything updated until then is read. */
  newest: Instant,
  /** Those that may come again, being updated lately or open: number, version, updated at, open. The one asked longest ago first. */
  seen: z.array(z.tuple([z.number(), z.string(), Instant, z.boolean()])),
});
export type ChangesBookmark = z.infer<typeof ChangesBookmark>;

export const DeploymentsBookmark = z.object({
  after: z.string().nullable(),
  filled: z.boolean(),
  newest: Instant,
  seen: Seen,
  /** Not finished: number and creation. */
  waiting: z.array(z.tuple([z.string(), Instant])),
  /** The rule by which commits were asked for; another one starts anew. */
  production: z.string(),
});
export type DeploymentsBookmark = z.infer<typeof DeploymentsBookmark>;

export const RunsBookmark = z.object({
  /** The first reading goes backwards; everything created after this is read. `null` before it has begun. */
  until: Instant.nullable(),
  filled: z.boolean(),
  /** The latest and those not finished: number, version, created at, and what it waits for (empty when it is finished). */
  seen: z.array(z.tuple([z.string(), z.string(), Instant, z.string()])),
});
export type RunsBookmark = z.infer<typeof RunsBookmark>;

export const IssuesBookmark = z.object({
  /** Per label, every incident that has it. */
  labels: z.array(z.object({ label: z.string(), newest: Instant, known: Seen })),
});
export type IssuesBookmark = z.infer<typeof IssuesBookmark>;

export const ReleasesBookmark = z.object({
  /** What a glance showed when everything was last read. */
  glance: z.string(),
  readAt: Instant,
  /** Every tag and release there is, so that deleted ones are noticed. */
  known: Seen,
});
export type ReleasesBookmark = z.infer<typeof ReleasesBookmark>;

export const CommitsBookmark = z.object({
  /** Everything reachable from here is read. */
  head: z.string().nullable(),
  /** A reading under way: its head, the page that comes next, and the parents still to come. */
  reading: z.object({ head: z.string(), page: z.number(), awaited: z.array(z.string()) }).nullable(),
  /** Commits of tags and deployments that may lie beside the default branch, newest first. */
  sides: z.array(z.string()),
});
export type CommitsBookmark = z.infer<typeof CommitsBookmark>;

export const RepositoryBookmark = z.object({
  /** The name under which it was first seen, and under which its events are stored. */
  name: z.string(),
  changes: ChangesBookmark.nullable(),
  issues: IssuesBookmark.nullable(),
  runs: RunsBookmark.nullable(),
  deployments: DeploymentsBookmark.nullable(),
  releases: ReleasesBookmark.nullable(),
  commits: CommitsBookmark.nullable(),
  /** The version of its own event. */
  version: z.string().nullable(),
});
export type RepositoryBookmark = z.infer<typeof RepositoryBookmark>;

export function nothingRead(name: string): RepositoryBookmark {
  return {
    name,
    changes: null,
    issues: null,
    runs: null,
    deployments: null,
    releases: null,
    commits: null,
    version: null,
  };
}

const SourceBookmark = z.object({
  version: z.literal(1),
  /** By the host's number, which stays when a repository is renamed or transferred. */
  repositories: z.record(z.string().regex(/^\d+$/), RepositoryBookmark),
});

/** Bookmarks by repository. Each is kept as text as well, so that a batch writes out anew only what it changed. */
export interface Bookmarks {
  readonly get: (id: string) => RepositoryBookmark | null;
  /** Returns whether it is another one than before. */
  readonly set: (id: string, bookmark: RepositoryBookmark) => boolean;
  readonly toCursor: () => Cursor;
}

/** Empty for a cursor this version did not write: reading from the beginning is always right. */
export function fromCursor(cursor: Cursor | null): Bookmarks {
  const read = cursor === null ? null : parsed(cursor);
  const bookmarks = new Map(Object.entries(read?.repositories ?? {}));
  const texts = new Map([...bookmarks].map(([id, bookmark]) => [id, JSON.stringify(bookmark)]));
  return {
    get: (id) => bookmarks.get(id) ?? null,
    set(id, bookmark) {
      const text = JSON.stringify(bookmark);
      const isNew = texts.get(id) !== text;
      bookmarks.set(id, bookmark);
      texts.set(id, text);
      return isNew;
    },
    toCursor: () => `{"version":1,"repositories":{${[...texts].map(([id, text]) => `"${id}":${text}`).join(",")}}}`,
  };
}

function parsed(cursor: Cursor) {
  try {
    return SourceBookmark.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
}
