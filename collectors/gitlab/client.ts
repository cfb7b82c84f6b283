/** The part of GitLab's API that we ask: gitbeaker names the routes, the polite fetch does the asking. */
import {
  Commits,
  Deployments,
  Environments,
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
import { createRequesterFn } from "@gitbeaker/requester-utils";
import { z } from "zod";
import { HostError } from "../collector.ts";
import type { PoliteFetch } from "../polite/index.ts";
import * as shape from "./payloads.ts";
import type { Lister } from "./paging.ts";

export interface Updated {
  readonly orderBy: "updated_at";
  readonly sort: "asc" | "desc";
  readonly updatedAfter?: string;
  readonly updatedBefore?: string;
}

/** Which of a project's issues: those that changed, or those that are incidents. */
export type IssueFilter = Updated | { readonly issueType: "incident" } | { readonly labels: string };

/** New ones come last, where they shift no page. */
const OLDEST_FIRST = { orderBy: "created_at", sort: "asc" } as const;

export interface Api {
  readonly project: (id: number | string) => Promise<shape.Project>;
  readonly groupProjects: (group: string, archived: boolean) => Lister<shape.Project>;
  /** The commit that a branch, a tag or a sha names. */
  readonly commit: (project: number, ref: string) => Promise<shape.Commit>;
  /** What is reachable from a branch or a sha, or a range of these; newest first, without a total. */
  readonly commits: (project: number, ref: string) => Lister<shape.Commit>;
  /** What is reachable from one commit and not from another. */
  readonly compare: (project: number, from: string, to: string) => Promise<readonly shape.Commit[]>;
  readonly tags: (project: number) => Lister<shape.Tag>;
  readonly releases: (project: number) => Lister<shape.Release>;
  readonly environments: (project: number) => Lister<shape.Environment>;
  readonly deployments: (project: number, filter: Updated) => Lister<shape.Deployment>;
  readonly deployment: (project: number, id: number) => Promise<shape.Deployment>;
  readonly issues: (project: number, filter: IssueFilter) => Lister<shape.Issue>;
  readonly mergeRequests: (project: number, filter: Updated) => Lister<shape.MergeRequest>;
  readonly mergeRequestCommits: (project: number, iid: number) => Lister<shape.Commit>;
  readonly notes: (project: number, iid: number) => Lister<shape.Note>;
  readonly pipelines: (project: number, filter: Updated) => Lister<shape.Pipeline>;
  readonly pipeline: (project: number, id: number) => Promise<shape.Pipeline>;
  readonly jobs: (project: number, pipeline: number) => Lister<shape.Job>;
}

export function createApi(source: string, url: string, token: string, fetch: PoliteFetch): Api {
  // Gitbeaker's own time limit would end a request that waits for its turn.
  const access = { host: url, token, requesterFn: requester(fetch), queryTimeout: null };
  const of = {
    commits: new Commits(access),
    deployments: new Deployments(access),
    environments: new Environments(access),
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
  const list = lister(source);

  return {
    project: async (id) => one(shape.Project, await of.projects.show(id)),
    groupProjects: (group, archived) => {
      const which = { includeSubgroups: true, withShared: false, orderBy: "id", sort: "asc" } as const;
      const some = archived ? which : { ...which, archived };
      return list(shape.Project, (page) => of.groups.allProjects(group, { ...some, ...page }));
    },
    commit: async (project, ref) => one(shape.Commit, await of.commits.show(project, ref)),
    commits: (project, ref) => list(shape.Commit, (page) => of.commits.all(project, { refName: ref, ...page })),
    compare: async (project, from, to) =>
      one(shape.Comparison, await of.repositories.compare(project, from, to)).commits,
    tags: (project) => list(shape.Tag, (page) => of.tags.all(project, { orderBy: "updated", sort: "desc", ...page })),
    releases: (project) =>
      list(shape.Release, (page) => of.releases.all(project, { orderBy: "released_at", sort: "desc", ...page })),
    environments: (project) => list(shape.Environment, (page) => of.environments.all(project, page)),
    deployments: (project, filter) =>
      list(shape.Deployment, (page) => of.deployments.all(project, { ...filter, ...page })),
    deployment: async (project, id) => one(shape.Deployment, await of.deployments.show(project, id)),
    issues: (project, filter) =>
      list(shape.Issue, (page) => of.issues.all({ projectId: project, ...OLDEST_FIRST, ...filter, ...page })),
    mergeRequests: (project, filter) =>
      list(shape.MergeRequest, (page) =>
        of.mergeRequests.all({ projectId: project, scope: "all", ...filter, ...page }),
      ),
    mergeRequestCommits: (project, iid) =>
      list(shape.Commit, (page) => of.mergeRequests.allCommits(project, iid, page)),
    notes: (project, iid) => list(shape.Note, (page) => of.notes.all(project, iid, { ...OLDEST_FIRST, ...page })),
    pipelines: (project, filter) => list(shape.Pipeline, (page) => of.pipelines.all(project, { ...filter, ...page })),
    pipeline: async (project, id) => one(shape.Pipeline, await of.pipelines.show(project, id)),
    jobs: (project, pipeline) =>
      list(shape.Job, (page) => of.jobs.all(project, { pipelineId: pipeline, includeRetried: true, ...page })),
  };
}

/** One page and no more: gitbeaker would gather all of them in memory. */
interface PageOptions {
  readonly page: number;
  readonly perPage: number;
  readonly maxPages: 1;
  readonly showExpanded: true;
}

const Count = z.union([z.number(), z.nan()]).transform((count) => (Number.isNaN(count) ? null : count));
const Listed = z.object({
  data: z.array(z.unknown()),
  paginationInfo: z.object({ next: z.number().nullable(), total: Count }),
});

function lister(source: string) {
  const read = reader(source);
  return <Item>(item: z.ZodType<Item>, ask: (options: PageOptions) => Promise<unknown>): Lister<Item> =>
    async (page, perPage) => {
      const answer = read(Listed, await ask({ page, perPage, maxPages: 1, showExpanded: true }));
      const { next, total } = answer.paginationInfo;
      return { items: read(z.array(item), answer.data), next, total };
    };
}

function reader(source: string) {
  return <Result>(expected: z.ZodType<Result>, answer: unknown): Result => {
    const result = expected.safeParse(answer);
    if (result.success) return result.data;
    throw new HostError(
      source,
      "unavailable",
      `${source} gave an answer that Headway does not understand, so nothing of it was stored:\n${z.prettifyError(result.error)}\nIs the address that of a GitLab? If so, please report this.`,
      result.error,
    );
  };
}

const Asked = z.object({
  prefixUrl: z.string(),
  searchParams: z.string().optional(),
  headers: z.record(z.string(), z.string()),
});
/** Looked at closely when its reader knows what it should be. */
const Body = z.custom<Record<string, unknown>>((body) => typeof body === "object" && body !== null).catch({});

function requester(fetch: PoliteFetch) {
  return createRequesterFn(
    (_, options) => Promise.resolve(options),
    async (endpoint, options) => {
      const { prefixUrl, searchParams, headers } = Asked.parse(options);
      const query = searchParams === undefined ? "" : `?${searchParams}`;
      const response = await fetch(`${prefixUrl.replace(/\/*$/, "/")}${endpoint}${query}`, { headers });
      const body = Body.parse(await response.json());
      return { body, headers: Object.fromEntries(response.headers.entries()), status: response.status };
    },
  );
}
