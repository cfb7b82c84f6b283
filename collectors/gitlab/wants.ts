/** What is read only where somebody's rules need it, since it costs more. */
import type { RunFilter, Wants } from "../collector.ts";
import { noPushes, nothingYet } from "./cursor.ts";
import type { ProjectState } from "./cursor.ts";
import type { GitLabOptions } from "./options.ts";

export const NO_WANTS: Wants = { paths: false, jobs: [] };

/** What rules want, and what the configuration asks for itself. */
export function wantsOf({ jobs }: Pick<GitLabOptions, "jobs">, wants: Wants): Wants {
  return jobs === undefined ? wants : { ...wants, jobs: [...wants.jobs, { name: null, branch: jobs }] };
}

/** What was read without something that is wanted now is read again from the beginning. */
export function wanting(state: ProjectState, wants: Wants): ProjectState {
  const { wanted } = state;
  const known = new Set(wanted.jobs.map((filter) => JSON.stringify([filter.name, filter.branch])));
  const isNew = wants.jobs.some(({ name, branch }) => !known.has(JSON.stringify([name, branch])));
  const more = isNew || (wants.jobs.length > 0 && !state.runners);
  const paths = wants.paths && !wanted.paths;
  return {
    ...state,
    ...(paths && { changes: nothingYet, pushes: noPushes }),
    ...(more && { pipelines: nothingYet }),
    wanted: wants,
    runners: true,
  };
}

/** A run as far as a filter judges it: GitLab names few pipelines, and then their source (`push`, `schedule`) stands for it. */
export interface Run {
  readonly name: string | null;
  readonly source: string | null;
  readonly branch: string | null;
}

export function runFilter(filters: readonly RunFilter[]): (run: Run) => boolean {
  const compiled = filters.map(({ name, branch }) => ({ name: pattern(name), branch: pattern(branch) }));
  return (run) =>
    compiled.some(
      ({ name, branch }) =>
        (branch === null || branch.test(run.branch ?? "")) &&
        (name === null || [run.name, run.source].some((text) => text !== null && name.test(text))),
    );
}

function pattern(text: string | null): RegExp | null {
  return text === null ? null : new RegExp(text);
}
