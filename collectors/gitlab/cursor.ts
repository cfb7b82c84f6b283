/** Where a GitLab source got to, project by project. */
import { z } from "zod";
import type { Cursor } from "../collector.ts";

/** Everything updated until `at` was yielded. What was updated shortly before is asked for again, since hosts order badly. */
const Watermark = z.object({
  at: z.number().nullable(),
  /** What was seen of the time that is asked for again: id, when it was updated, and what it looked like. */
  recent: z.array(z.tuple([z.number(), z.number(), z.string()])),
  /** What was not final then: id, and when it was created. */
  pending: z.array(z.tuple([z.number(), z.number()])),
});
export type Watermark = z.infer<typeof Watermark>;

/** A first reading of the default branch that is not finished. */
const Listing = z.object({
  tip: z.string(),
  page: z.number(),
  /** Parents that were named and not seen yet. */
  open: z.array(z.string()),
});
export type Listing = z.infer<typeof Listing>;

const Named = z.object({
  /** What the first pages looked like: while they look the same, nothing is new. */
  looks: z.string(),
  /** When all of it was read, since a change deep in the list does not show on its first page. */
  readAt: z.number(),
  /** Name and looks of every release. Pairs and no object: a tag may be called `__proto__`. */
  each: z.array(z.tuple([z.string(), z.string()])),
  /** True when only tags could be read. */
  hidden: z.boolean(),
});
export type Named = z.infer<typeof Named>;

const Incidents = z.object({
  /** The labels by which they were told. */
  labels: z.array(z.string()),
  ids: z.array(z.number()),
  watermark: Watermark,
});

const ProjectState = z.object({
  id: z.number(),
  /** How the configuration names it; `null` when it was found in a group. */
  asked: z.string().nullable(),
  /** The name under which its history is kept, even when it moves. */
  repository: z.string(),
  /** What the repository event last said. */
  looks: z.string(),
  /** Everything reachable from here was yielded. */
  head: z.string().nullable(),
  listing: Listing.nullable(),
  /** Commits that deployments and tags named last; they were yielded, or the host does not have them. */
  checked: z.array(z.string()),
  releases: Named.nullable(),
  deployments: Watermark,
  incidents: Incidents.nullable(),
  changes: Watermark,
  pipelines: Watermark,
  /** Why it is not asked any more; a sentence for people. */
  gone: z.string().nullable(),
});
export type ProjectState = z.infer<typeof ProjectState>;

const Bookmark = z.object({ version: z.literal(1), projects: z.array(ProjectState) });

export const nothingYet: Watermark = { at: null, recent: [], pending: [] };

export function unread(id: number, asked: string | null, repository: string): ProjectState {
  return {
    id,
    asked,
    repository,
    looks: "",
    head: null,
    listing: null,
    checked: [],
    releases: null,
    deployments: nothingYet,
    incidents: null,
    changes: nothingYet,
    pipelines: nothingYet,
    gone: null,
  };
}

export function toCursor(projects: Iterable<ProjectState>): Cursor {
  return JSON.stringify({ version: 1, projects: [...projects] });
}

/** Nothing for a cursor this version did not write: reading from the beginning is always right. */
export function fromCursor(cursor: Cursor | null): readonly ProjectState[] {
  if (cursor === null) return [];
  try {
    return Bookmark.safeParse(JSON.parse(cursor)).data?.projects ?? [];
  } catch {
    return [];
  }
}
