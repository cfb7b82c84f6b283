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
  /** What every one was asked for that not all are; wanting more starts anew. */
  parts: z.array(z.string()),
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
  /** The runs whose jobs were read; wanting those of others starts anew. */
  jobs: z.array(z.object({ name: z.string().nullable(), branch: z.string().nullable() })),
  /** Whether it was read on what the jobs ran; versions before did not, so that jobs are read anew once. */
  runners: z.boolean().default(false),
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
  /** Whether the files of those that no change brought were read; wanting them starts anew. */
  paths: z.boolean(),
});
export type CommitsBookmark = z.infer<typeof CommitsBookmark>;

const ScanBookmark = z.object({
  /** Everything updated until then is read. */
  newest: Instant,
  /** Those updated shortly before. */
  seen: Seen,
  /** The numbers of those that are neither fixed nor dismissed, so that deleted ones are noticed. */
  open: z.array(z.number()),
  /** When all of them were last read. */
  wholeAt: Instant,
  /** When GitHub said that it may not tell; `null` when it told. */
  refusedAt: Instant.nullable(),
});
export type ScanBookmark = z.infer<typeof ScanBookmark>;

export const FilesBookmark = z.object({
  /** The end of the default branch when the files were last listed, or GitHub would not list them. */
  head: z.string(),
  /** By which rules they were looked at. */
  sorts: z.number(),
  readAt: Instant,
});
export type FilesBookmark = z.infer<typeof FilesBookmark>;

export const AlertsBookmark = z.object({
  code: ScanBookmark.nullable(),
  dependency: ScanBookmark.nullable(),
  secret: ScanBookmark.nullable(),
});
export type AlertsBookmark = z.infer<typeof AlertsBookmark>;

export const RepositoryBookmark = z.object({
  /** The name under which it was first seen, and under which its events are stored. */
  name: z.string(),
  changes: ChangesBookmark.nullable(),
  issues: IssuesBookmark.nullable(),
  runs: RunsBookmark.nullable(),
  deployments: DeploymentsBookmark.nullable(),
  releases: ReleasesBookmark.nullable(),
  commits: CommitsBookmark.nullable(),
  alerts: AlertsBookmark.nullable(),
  files: FilesBookmark.nullable().default(null),
  /** The version of its own event. */
  version: z.string().nullable(),
  /** What became of it when its owner had it no more: a sentence; `null` while it is there. */
  gone: z.string().nullable(),
  /** Who was who when it was read. */
  people: z.string().default(""),
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
    alerts: null,
    files: null,
    version: null,
    gone: null,
    people: "",
  };
}

/**
 * What names people is read again once they are told apart otherwise: changes and commits, and what leads to commits beside the
 * default branch. Releases that are gone are still known to have been there.
 */
export function knowing(bookmark: RepositoryBookmark, people: string): RepositoryBookmark {
  if (bookmark.people === people) return bookmark;
  const { commits, releases } = bookmark;
  return {
    ...bookmark,
    people,
    changes: null,
    deployments: null,
    commits: commits && { ...commits, head: null, reading: null },
    releases: releases && { ...releases, glance: "", known: releases.known.map(([id]) => [id, ""]) },
  };
}

/** What a host was found to lack, and when it was asked. */
export const Lacking = z.object({ fields: z.array(z.string()), askedAt: Instant });
export type Lacking = z.infer<typeof Lacking>;

const SourceBookmark = z.object({
  version: z.literal(2),
  lacking: Lacking.nullable(),
  /** By the host's number, which stays when a repository is renamed or transferred. */
  repositories: z.record(z.string().regex(/^\d+$/), RepositoryBookmark),
});

/** Bookmarks by repository. Each is kept as text as well, so that a batch writes out anew only what it changed. */
export interface Bookmarks {
  /** What the host lacked when it was last asked; `null` when it never was. */
  readonly lacking: Lacking | null;
  /** The host's number of every repository that was read or begun. */
  readonly ids: () => readonly string[];
  readonly get: (id: string) => RepositoryBookmark | null;
  /** Returns whether it is another one than before. */
  readonly set: (id: string, bookmark: RepositoryBookmark) => boolean;
  readonly toCursor: (lacking: Lacking | null) => Cursor;
}

/** Empty for a cursor this version did not write: reading from the beginning is always right. */
export function fromCursor(cursor: Cursor | null): Bookmarks {
  const read = cursor === null ? null : parsed(cursor);
  const bookmarks = new Map(Object.entries(read?.repositories ?? {}));
  const texts = new Map([...bookmarks].map(([id, bookmark]) => [id, JSON.stringify(bookmark)]));
  const repositories = () => `{${[...texts].map(([id, text]) => `"${id}":${text}`).join(",")}}`;
  return {
    lacking: read?.lacking ?? null,
    ids: () => [...bookmarks.keys()],
    get: (id) => bookmarks.get(id) ?? null,
    set(id, bookmark) {
      const text = JSON.stringify(bookmark);
      const isNew = texts.get(id) !== text;
      bookmarks.set(id, bookmark);
      texts.set(id, text);
      return isNew;
    },
    toCursor: (lacking) => `{"version":2,"lacking":${JSON.stringify(lacking)},"repositories":${repositories()}}`,
  };
}

function parsed(cursor: Cursor) {
  try {
    return SourceBookmark.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
}
