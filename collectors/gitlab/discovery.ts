/** Which projects there are to read, and what became of those that were. */
import { matches } from "../patterns.ts";
import { statusOf } from "../polite/index.ts";
import type { Notice } from "../collector.ts";
import type { Api } from "./client.ts";
import { unread } from "./cursor.ts";
import type { ProjectState } from "./cursor.ts";
import { gone, leftGroup, moved, outOfSight, standingNotice } from "./fates.ts";
import { orHidden, orRefused } from "./missing.ts";
import type { GitLabOptions } from "./options.ts";
import { readAll, startingWith } from "./paging.ts";
import type { Project } from "./payloads.ts";

/** A project to read; `null` when it is out of reach and only its history is left. */
export interface Found {
  readonly project: Project | null;
  readonly state: ProjectState;
  readonly notices: readonly Notice[];
}

export type Find = () => Promise<Found>;

/** What can be looked for, each to be found on its own, so that one that fails does not hide the rest. */
export async function search(
  api: Api,
  { projects, group, ...options }: GitLabOptions,
  states: readonly ProjectState[],
): Promise<ReadonlyMap<string, Find>> {
  const finds = new Map<string, Find>();
  if (group === undefined) {
    for (const path of projects ?? []) finds.set(path, () => configured(api, path, states));
    return finds;
  }
  const items = await projectsOf(api, group, options.archived);
  for (const project of items) {
    const path = project.path_with_namespace;
    if (matches(path, options)) finds.set(path, () => Promise.resolve(found(project, null, states)));
  }
  const there = new Set(items.map(({ id }) => id));
  for (const state of states) {
    const isMissing = state.asked === null && !there.has(state.id) && matches(state.repository, options);
    if (isMissing) finds.set(state.repository, () => missing(api, state));
  }
  return finds;
}

/** By key where the host offers it; by number they are counted, since they slide over the borders of pages. */
async function projectsOf(api: Api, group: string, archived: boolean): Promise<readonly Project[]> {
  const byKey = api.groupProjectsByKey(group, archived);
  const byNumber = api.groupProjects(group, archived);
  const first = await orRefused(byKey(null));
  if (first === null) return (await readAll(byNumber, ({ id }) => id)).items;
  if (!first.byKey) {
    const begun = startingWith({ items: first.items, next: 2, total: null }, byNumber);
    return (await readAll(begun, ({ id }) => id)).items;
  }
  const items = [...first.items];
  for (let next = first.next; next !== null;) {
    const page = await byKey(next);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

/** By its number if it is known, since a project that moves keeps it. */
async function configured(api: Api, path: string, states: readonly ProjectState[]): Promise<Found> {
  const known = states.find(({ asked }) => asked === path);
  const same = known === undefined ? null : await orHidden(api.project(known.id));
  if (same !== null) return found(same, path, states);
  try {
    return found(await api.project(path), path, states);
  } catch (error) {
    const status = statusOf(error);
    if (known === undefined || (status !== 403 && status !== 404)) throw error;
    return lost(known, outOfSight(known.repository));
  }
}

function found(project: Project, asked: string | null, states: readonly ProjectState[]): Found {
  const path = project.path_with_namespace;
  const known = states.find(({ id }) => id === project.id);
  const before = known ?? unread(project.id, asked, path);
  const standing = standingOf(project);
  const notices: Notice[] = [];
  // One that is to be deleted is renamed by GitLab itself.
  if (before.repository !== path && standing !== "leaving") notices.push(moved(before.repository, path));
  const isNews = standing !== before.standing && (known !== undefined || standing === "leaving");
  if (isNews) notices.push(...standingNotice(before.repository, standing, project));
  return { project, state: { ...before, asked, standing, gone: null }, notices };
}

function standingOf({ archived, marked_for_deletion_on }: Project): ProjectState["standing"] {
  if ((marked_for_deletion_on ?? null) !== null) return "leaving";
  return archived === true ? "archived" : "active";
}

/** One that the group held before: archived, moved elsewhere, hidden or deleted. It is read a last time, then no more. */
async function missing(api: Api, state: ProjectState): Promise<Found> {
  if (state.gone !== null) return lost(state, state.gone);
  const project = await orHidden(api.project(state.id));
  if (project === null) return lost(state, outOfSight(state.repository));
  const sentence = leftGroup(state.repository, project);
  return { project, state: { ...state, gone: sentence }, notices: [gone(sentence)] };
}

function lost(state: ProjectState, sentence: string): Found {
  return { project: null, state: { ...state, gone: sentence }, notices: [gone(sentence)] };
}
