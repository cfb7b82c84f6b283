/** Where a GitLab source got to, project by project. */
import { z } from "zod";
import type { Cursor, Wants } from "../collector.ts";

/** Everything updated until `at` was yielded. What was updated shortly before is asked for again, since hosts order badly. */
const Watermark = z.object({
  at: z.number().nullable(),
  /** What was seen of the time that is asked for again, or is not final: id, when it was updated, and what it looked like. */
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

/** Commits that came without a merge request, whose files are read where they are wanted. */
const Pushes = z.object({
  /** They were read up to here. */
  head: z.string().nullable(),
  /** A first reading that is not finished. */
  listing: z.object({ tip: z.string(), page: z.number() }).nullable(),
});

/** What was wanted when the project was read: what is wanted later is read again from the beginning. */
const Wanted: z.ZodType<Wants> = z.object({
  paths: z.boolean(),
  jobs: z.array(z.object({ name: z.string().nullable(), branch: z.string().nullable() })),
});

const Alerts = z.object({
  /** What the first page looked like: while it looks the same, nothing is new. */
  looks: z.string(),
  /** When all pages were read, or when GitLab last refused to show any. */
  readAt: z.number(),
  /** The latest update that was yielded. */
  at: z.number(),
  refused: z.boolean(),
});
export type Alerts = z.infer<typeof Alerts>;

const Files = z.object({
  /** The end of the default branch when they were last listed, or GitLab would not list them. */
  head: z.string(),
  /** By which rules they were looked at. */
  sorts: z.number(),
  readAt: z.number(),
});
export type Files = z.infer<typeof Files>;

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
  pushes: Pushes,
  releases: Named.nullable(),
  deployments: Watermark,
  incidents: Incidents.nullable(),
  changes: Watermark,
  pipelines: Watermark,
  alerts: Alerts.nullable(),
  files: Files.nullable().default(null),
  wanted: Wanted,
  /** Whether it was read on what the jobs ran; versions before did not, so that jobs are read anew once. */
  runners: z.boolean().default(false),
  /** What was last said of it, so that it is said once. */
  standing: z.enum(["active", "archived", "leaving"]),
  /** Why it is not asked any more; a sentence for people. */
  gone: z.string().nullable(),
  /** Who was who when it was read. */
  people: z.string().default(""),
});
export type ProjectState = z.infer<typeof ProjectState>;

const Bookmark = z.object({ version: z.literal(2), projects: z.array(ProjectState) });

export const nothingYet: Watermark = { at: null, recent: [], pending: [] };
export const noPushes: ProjectState["pushes"] = { head: null, listing: null };

export function unread(id: number, asked: string | null, repository: string): ProjectState {
  return {
    id,
    asked,
    repository,
    looks: "",
    head: null,
    listing: null,
    checked: [],
    pushes: noPushes,
    releases: null,
    deployments: nothingYet,
    incidents: null,
    changes: nothingYet,
    pipelines: nothingYet,
    alerts: null,
    files: null,
    wanted: { paths: false, jobs: [] },
    runners: true,
    standing: "active",
    gone: null,
    people: "",
  };
}

/**
 * What names people is read again once they are told apart otherwise: merge requests and commits, and what leads to commits beside
 * the default branch. Releases and unfinished deployments that are gone are still known to have been there.
 */
export function knowing(state: ProjectState, people: string): ProjectState {
  if (state.people === people) return state;
  const { releases, deployments } = state;
  return {
    ...state,
    people,
    head: null,
    listing: null,
    checked: [],
    pushes: noPushes,
    changes: nothingYet,
    deployments: { ...nothingYet, pending: deployments.pending },
    releases: releases && { ...releases, looks: "", each: releases.each.map(([name]) => [name, ""]) },
  };
}

export function toCursor(projects: Iterable<ProjectState>): Cursor {
  return JSON.stringify({ version: 2, projects: [...projects] });
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
