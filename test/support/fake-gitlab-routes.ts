/** What a fake GitLab answers to a path: https://docs.gitlab.com/api/rest/ */
import type { FakeProject, Payload } from "./fake-gitlab-project.ts";

export type Query = Readonly<Record<string, string>>;

export type Answer =
  | {
      readonly list: readonly Payload[];
      readonly total: boolean;
      /** Whether it is paged by key where that is asked for; beyond some rows it is not shown otherwise. */
      readonly keyed?: boolean;
    }
  | { readonly one: Payload }
  | { readonly status: number };

const missing: Answer = { status: 404 };

type Route = readonly [pattern: RegExp, answer: (project: FakeProject, query: Query, at: string) => Answer];

const ROUTES: readonly Route[] = [
  [/^$/, ({ payload }) => ({ one: payload })],
  [/^\/repository\/commits$/, commits],
  [/^\/repository\/commits\/([^/]+)$/, commit],
  [/^\/repository\/commits\/([^/]+)\/diff$/, (project, _, sha) => diff(project.filesOf(sha))],
  [/^\/repository\/tree$/, tree],
  [/^\/repository\/compare$/, (project, { from = "", to = "" }) => compare(project, from, to)],
  [/^\/repository\/tags$/, ({ tags }) => listed(tags)],
  [/^\/releases$/, ({ releases }) => listed(releases)],
  [/^\/environments$/, ({ environments }) => listed(environments)],
  [/^\/deployments$/, ({ deployments }, query) => updated(deployments, query)],
  [/^\/deployments\/(\d+)$/, ({ deployments }, _, id) => one(deployments.find((each) => each.id === Number(id)))],
  [/^\/pipelines$/, ({ pipelines }, query) => updated(pipelines, query)],
  [/^\/pipelines\/(\d+)$/, ({ pipelines }, _, id) => one(pipelines.find((each) => each.id === Number(id)))],
  [/^\/pipelines\/(\d+)\/jobs$/, ({ jobs }, _, id) => listed(jobs.filter((job) => job.pipeline["id"] === Number(id)))],
  [/^\/jobs$/, ({ jobs }) => ({ list: snapshots(jobs), total: false, keyed: true })],
  [/^\/events$/, ({ happenings }, { action }) => listed(happenings.filter((each) => each["action_name"] === action))],
  [
    /^\/issues$/,
    ({ issues, iids }, query) => updated(issues.filter(wanted(iids ? query : { ...query, iids: "" })), query),
  ],
  [/^\/merge_requests$/, ({ mergeRequests }, query) => updated(payloads(mergeRequests).filter(inState(query)), query)],
  [/^\/merge_requests\/(\d+)\/diffs$/, (project, { per_page = "20" }, iid) => changed(project, iid, Number(per_page))],
  [/^\/merge_requests\/(\d+)\/commits$/, ({ mergeRequests }, _, iid) => part(mergeRequests, iid, "commits")],
  [/^\/merge_requests\/(\d+)\/notes$/, ({ mergeRequests }, _, iid) => part(mergeRequests, iid, "notes")],
];

export function answer(project: FakeProject, path: string, query: Query): Answer {
  for (const [pattern, respond] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return respond(project, query, decodeURIComponent(match[1] ?? ""));
  }
  return missing;
}

function commits(project: FakeProject, query: Query): Answer {
  const { ref_name = "", with_stats, first_parent, since = "1970-01-01", until = "2100-01-01" } = query;
  const [from = "", to] = ref_name.split("..");
  if (to !== undefined && !project.ranges) return missing;
  const reachable = to === undefined ? reach(project, ref_name) : (ahead(project, from, to) ?? []);
  if (reachable === null) return missing;
  const line = first_parent === "true" ? firstParents(project, to ?? ref_name) : null;
  const [after, before] = [Date.parse(since), Date.parse(until)];
  const list = reachable.filter((each) => {
    const at = Date.parse(String(each["committed_date"]));
    return at >= after && at <= before && (line === null || line.has(String(each["id"])));
  });
  return { list: with_stats === "true" ? list.map((each) => project.counted(each)) : list, total: false };
}

function commit(project: FakeProject, _: Query, ref: string): Answer {
  const found = project.commits.get(project.resolve(ref) ?? "");
  return found === undefined ? missing : { one: project.counted(found) };
}

function reach(project: FakeProject, ref: string): Payload[] | null {
  const sha = project.resolve(ref);
  return sha === null ? null : project.history(sha);
}

/** The shas that merges were made on. */
function firstParents(project: FakeProject, ref: string): ReadonlySet<string> {
  const line = new Set<string>();
  for (let sha = project.resolve(ref); sha !== null; sha = project.commits.get(sha)?.parent_ids[0] ?? null)
    line.add(sha);
  return line;
}

/** GitLab fails when too many of these are asked for at once. */
function changed(project: FakeProject, iid: string, perPage: number): Answer {
  if (perPage > 30) return { status: 500 };
  const found = project.mergeRequests.find(({ payload }) => payload.iid === Number(iid));
  if (found === undefined || !project.diffs) return missing;
  return diff([...new Set(found.commits.flatMap(({ id }) => project.filesOf(id)))]);
}

/** All that was ever touched is still there; folders are listed as well. */
function tree(project: FakeProject, { ref = "" }: Query): Answer {
  const reachable = reach(project, ref);
  if (reachable === null) return missing;
  const files = [...new Set(reachable.flatMap(({ id }) => project.filesOf(id)))];
  const folders = [...new Set(files.map((file) => file.split("/").slice(0, -1).join("/")))].filter(Boolean);
  const entries = (paths: readonly string[], type: string) => paths.map((path) => ({ path, type, id: path }));
  return { list: [...entries(folders, "tree"), ...entries(files, "blob")], total: false, keyed: true };
}

/** A file is named by its path, or as `old => new`. */
function diff(files: readonly string[]): Answer {
  const list = files.map((file) => {
    const [old_path = file, new_path = file] = file.split(" => ");
    return { old_path, new_path, diff: "@@ -1 +1 @@", renamed_file: old_path !== new_path };
  });
  return listed(list);
}

/** Newest first, each with its pipeline as it is now. */
function snapshots(jobs: FakeProject["jobs"]): Payload[] {
  return jobs.map((job) => ({ ...job, pipeline: { ...job.pipeline, name: undefined } })).toReversed();
}

function inState({ state }: Query) {
  return (mergeRequest: Payload) => state === undefined || mergeRequest["state"] === state;
}

function compare(project: FakeProject, from: string, to: string): Answer {
  const found = ahead(project, from, to);
  return found === null ? missing : { one: { commits: found.toReversed(), diffs: [] } };
}

function ahead(project: FakeProject, from: string, to: string): Payload[] | null {
  if (!project.commits.has(from) || !project.commits.has(to)) return null;
  const before = new Set(project.history(from).map(({ id }) => id));
  return project.history(to).filter(({ id }) => !before.has(id));
}

function updated(all: readonly Payload[], { updated_after, updated_before, sort = "desc" }: Query): Answer {
  const [from, to] = [Date.parse(updated_after ?? "1970-01-01"), Date.parse(updated_before ?? "2100-01-01")];
  const at = (payload: Payload) => Date.parse(String(payload["updated_at"]));
  const list = all.filter((payload) => at(payload) >= from && at(payload) <= to).sort((a, b) => at(a) - at(b));
  return listed(sort === "asc" ? list : list.toReversed());
}

function wanted({ labels = "", issue_type = "", iids = "" }: Query) {
  return (issue: Payload & { iid: number; labels: string[] }) =>
    (labels === "" || issue.labels.includes(labels)) &&
    (issue_type === "" || issue["issue_type"] === issue_type) &&
    (iids === "" || iids.split(",").includes(String(issue.iid)));
}

function part(all: FakeProject["mergeRequests"], iid: string, name: "commits" | "notes"): Answer {
  const found = all.find(({ payload }) => payload.iid === Number(iid));
  return found === undefined ? missing : listed(found[name]);
}

function payloads(all: FakeProject["mergeRequests"]): Payload[] {
  return all.map(({ payload }) => payload);
}

function listed(list: readonly Payload[]): Answer {
  return { list, total: true };
}

function one(found: Payload | undefined): Answer {
  return found === undefined ? missing : { one: found };
}
