/** The part of GitLab's API that we ask. */
import {
  Commits,
  Deployments,
  Environments,
  Events,
  Groups,
  Issues,
  Jobs,
  MergeRequestNotes,
  MergeRequests,
  Pipelines,
  ProjectReleases,
  Projects,
  Repositories,
  Tags,
} from "@gitbeaker/rest";
import type { Instant } from "#metrics/time.ts";
import type { PoliteFetch } from "../polite/index.ts";
import { lister, reader, requester } from "./answers.ts";
import { linkLister } from "./links.ts";
import type { LinkLister } from "./links.ts";
import * as shape from "./payloads.ts";
import type { Lister } from "./paging.ts";
import { vulnerabilityLister } from "./vulnerabilities.ts";
import type { Vulnerabilities } from "./vulnerabilities.ts";

export interface Updated {
  readonly orderBy: "updated_at";
  readonly sort: "asc" | "desc";
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** Which of a project's issues: those that changed, those that are incidents, or those that are named. */
export type IssueFilter =
  | Updated
  | { readonly issueType: "incident" }
  | { readonly labels: string }
  | { readonly iids: readonly number[] };

/** Which of the commits that are reachable, and what of them. */
export interface CommitFilter {
  /** Whether lines are counted, of a merge against its first parent. */
  readonly withStats?: boolean;
  /** Only what merges were made on. */
  readonly firstParent?: boolean;
  readonly since?: Instant;
  readonly until?: Instant;
}

/** New ones come last, where they shift no page. */
const OLDEST_FIRST = { orderBy: "created_at", sort: "asc" } as const;

export interface Api {
  readonly project: (id: number | string) => Promise<shape.Project>;
  readonly groupProjects: (group: string, archived: boolean) => Lister<shape.Project>;
  /** The same by key, where the host offers it. */
  readonly groupProjectsByKey: (group: string, archived: boolean) => LinkLister<shape.Project>;
  /** The commit that a branch, a tag or a sha names. */
  readonly commit: (project: number, ref: string) => Promise<shape.Commit>;
  /** What is reachable from a branch or a sha, or a range of these; newest first, without a total. */
  readonly commits: (project: number, ref: string, filter?: CommitFilter) => Lister<shape.Commit>;
  /** The files that a commit changed, of a merge against its first parent. */
  readonly commitDiff: (project: number, sha: string) => Lister<shape.Diff>;
  /** All files and folders at a commit, in any depth. */
  readonly tree: (project: number, ref: string) => LinkLister<shape.TreeEntry>;
  /** What is reachable from one commit and not from another. */
  readonly compare: (project: number, from: string, to: string) => Promise<readonly shape.Commit[]>;
  readonly tags: (project: number) => Lister<shape.Tag>;
  readonly releases: (project: number) => Lister<shape.Release>;
  readonly environments: (project: number) => Lister<shape.Environment>;
  readonly deployments: (project: number, filter: Updated) => Lister<shape.Deployment>;
  readonly deployment: (project: number, id: number) => Promise<shape.Deployment>;
  /** Of a project by number or path, since merge requests name issues of others. */
  readonly issues: (project: number | string, filter: IssueFilter) => Lister<shape.Issue>;
  readonly mergeRequests: (project: number, filter: Updated, state?: "merged") => Lister<shape.MergeRequest>;
  readonly mergeRequestCommits: (project: number, iid: number) => Lister<shape.Commit>;
  readonly mergeRequestDiffs: (project: number, iid: number) => Lister<shape.Diff>;
  readonly notes: (project: number, iid: number) => Lister<shape.Note>;
  /** When merge requests were opened again, after a day. */
  readonly reopenings: (project: number, after: Instant) => Lister<shape.Happening>;
  readonly pipelines: (project: number, filter: Updated) => Lister<shape.Pipeline>;
  readonly pipeline: (project: number, id: number) => Promise<shape.Pipeline>;
  readonly jobs: (project: number, pipeline: number) => Lister<shape.Job>;
  /** Those of all pipelines, retried ones included, newest first. */
  readonly allJobs: (project: number) => LinkLister<shape.Job>;
  /** Newest first. */
  readonly vulnerabilities: (path: string, after: string | null) => Promise<Vulnerabilities>;
}

export function createApi(source: string, url: string, token: string, fetch: PoliteFetch): Api {
  // Gitbeaker's own time limit would end a request that waits for its turn.
  const access = { host: url, token, requesterFn: requester(fetch), queryTimeout: null };
  const of = {
    commits: new Commits(access),
    deployments: new Deployments(access),
    environments: new Environments(access),
    events: new Events(access),
    groups: new Groups(access),
    issues: new Issues(access),
    jobs: new Jobs(access),
    mergeRequests: new MergeRequests(access),
    notes: new MergeRequestNotes(access),
    pipelines: new Pipelines(access),
    releases: new ProjectReleases(access),
    projects: new Projects(access),
    repositories: new Repositories(access),
    tags: new Tags(access),
  };
  const one = reader(source);
  const list = lister(one);
  const linked = linkLister(fetch, url, token, one);

  return {
    project: async (id) => one(shape.Project, await of.projects.show(id)),
    groupProjects: (group, archived) => {
      const which = { includeSubgroups: true, withShared: false, orderBy: "id", sort: "asc" } as const;
      const some = archived ? which : { ...which, archived };
      return list(shape.Project, (page) => of.groups.allProjects(group, { ...some, ...page }));
    },
    groupProjectsByKey: (group, archived) => {
      const which = { include_subgroups: "true", with_shared: "false", ...(!archived && { archived: "false" }) };
      return linked(shape.Project, {
        path: `groups/${encodeURIComponent(group)}/projects`,
        sort: "asc",
        query: which,
      });
    },
    commit: async (project, ref) => one(shape.Commit, await of.commits.show(project, ref)),
    commits: (project, ref, { since, until, ...filter } = {}) => {
      const between = {
        ...(since !== undefined && { since: new Date(since).toISOString() }),
        ...(until !== undefined && { until: new Date(until).toISOString() }),
      };
      return list(shape.Commit, (page) => of.commits.all(project, { refName: ref, ...filter, ...between, ...page }));
    },
    commitDiff: (project, sha) => list(shape.Diff, (page) => of.commits.showDiff(project, sha, page)),
    tree: (project, ref) =>
      linked(shape.TreeEntry, {
        path: `projects/${project}/repository/tree`,
        sort: "asc",
        query: { recursive: "true", ref },
      }),
    compare: async (project, from, to) =>
      one(shape.Comparison, await of.repositories.compare(project, from, to)).commits,
    tags: (project) => list(shape.Tag, (page) => of.tags.all(project, { orderBy: "updated", sort: "desc", ...page })),
    releases: (project) =>
      list(shape.Release, (page) => of.releases.all(project, { orderBy: "released_at", sort: "desc", ...page })),
    environments: (project) => list(shape.Environment, (page) => of.environments.all(project, page)),
    deployments: (project, filter) =>
      list(shape.Deployment, (page) => of.deployments.all(project, { ...filter, ...page })),
    deployment: async (project, id) => one(shape.Deployment, await of.deployments.show(project, id)),
    issues: (project, filter) => {
      const some = "iids" in filter ? { iids: [...filter.iids] } : filter;
      return list(shape.Issue, (page) => of.issues.all({ projectId: project, ...OLDEST_FIRST, ...some, ...page }));
    },
    mergeRequests: (project, filter, state) => {
      const some = { ...filter, ...(state !== undefined && { state }) };
      return list(shape.MergeRequest, (page) =>
        of.mergeRequests.all({ projectId: project, scope: "all", ...some, ...page }),
      );
    },
    mergeRequestCommits: (project, iid) =>
      list(shape.Commit, (page) => of.mergeRequests.allCommits(project, iid, page)),
    mergeRequestDiffs: (project, iid) => list(shape.Diff, (page) => of.mergeRequests.allDiffs(project, iid, page)),
    notes: (project, iid) => list(shape.Note, (page) => of.notes.all(project, iid, { ...OLDEST_FIRST, ...page })),
    reopenings: (project, after) => {
      const which = { action: "reopened", targetType: "merge_request", sort: "asc" } as const;
      const day = new Date(after).toISOString().slice(0, 10);
      return list(shape.Happening, (page) => of.events.all({ projectId: project, ...which, after: day, ...page }));
    },
    pipelines: (project, filter) => list(shape.Pipeline, (page) => of.pipelines.all(project, { ...filter, ...page })),
    pipeline: async (project, id) => one(shape.Pipeline, await of.pipelines.show(project, id)),
    jobs: (project, pipeline) =>
      list(shape.Job, (page) => of.jobs.all(project, { pipelineId: pipeline, includeRetried: true, ...page })),
    allJobs: (project) => linked(shape.Job, { path: `projects/${project}/jobs`, sort: "desc" }),
    vulnerabilities: vulnerabilityLister(fetch, url, token, one),
  };
}
