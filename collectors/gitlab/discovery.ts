/** Which projects there are to read, and what became of those that were. */
import type { Notice } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import type { Api } from "./client.ts";
import { unread } from "./cursor.ts";
import type { ProjectState } from "./cursor.ts";
import type { GitLabOptions } from "./options.ts";
import { readAll } from "./paging.ts";
import { matches } from "./patterns.ts";
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
  const { items } = await readAll(api.groupProjects(group, options.archived), ({ id }) => id);
  for (const project of items) {
    const path = project.path_with_namespace;
    if (matches(path, options)) finds.set(path, () => Promise.resolve(found(project, null, states)));
  }
  const there = new Set(items.map(({ id }) => id));
  for (const state of states) {
    if (state.asked === null && !there.has(state.id)) finds.set(state.repository, () => missing(api, state));
  }
  return finds;
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
    return outOfReach(known);
  }
}

function found(project: Project, asked: string | null, states: readonly ProjectState[]): Found {
  const path = project.path_with_namespace;
  const known = states.find(({ id }) => id === project.id);
  const state = { ...(known ?? unread(project.id, asked, path)), asked, gone: null };
  return { project, state, notices: state.repository === path ? [] : [moved(state.repository, path)] };
}

/** One that the group held before: archived, moved elsewhere, hidden or deleted. It is read a last time, then no more. */
async function missing(api: Api, state: ProjectState): Promise<Found> {
  if (state.gone !== null) return { project: null, state, notices: [gone(state.gone)] };
  const project = await orHidden(api.project(state.id));
  if (project === null) return outOfReach(state);
  const sentence =
    project.archived === true
      ? `${state.repository} was archived.`
      : `${state.repository} is now ${project.path_with_namespace}, outside the group.`;
  return { project, state: { ...state, gone: sentence }, notices: [gone(sentence)] };
}

function outOfReach(state: ProjectState): Found {
  const sentence = `${state.repository} was deleted or made private: the token no longer sees it.`;
  return { project: null, state: { ...state, gone: sentence }, notices: [gone(sentence)] };
}

async function orHidden(asked: Promise<Project>): Promise<Project | null> {
  try {
    return await asked;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return null;
    throw error;
  }
}

function gone(sentence: string): Notice {
  return {
    level: "warning",
    code: "project-gone",
    message: `${sentence} Its history is kept and stays in every number of the past; nothing new comes in. Give the token access if that was not intended, else take it out of the configuration.`,
  };
}

function moved(repository: string, path: string): Notice {
  return {
    level: "info",
    code: "project-moved",
    message: `${repository} is now ${path}. Its history goes on under the name it was collected by first.`,
  };
}
