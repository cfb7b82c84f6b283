/** What a fake GitLab answers to a path: https://docs.gitlab.com/api/rest/ */
import type { FakeProject, Payload } from "./fake-gitlab-project.ts";

export type Query = Readonly<Record<string, string>>;

export type Answer =
  | { readonly list: readonly Payload[]; readonly total: boolean }
  | { readonly one: Payload }
  | { readonly status: number };

const missing: Answer = { status: 404 };

type Route = readonly [pattern: RegExp, answer: (project: FakeProject, query: Query, at: string) => Answer];

const ROUTES: readonly Route[] = [
  [/^$/, ({ payload }) => ({ one: payload })],
  [/^\/repository\/commits$/, (project, { ref_name = "" }) => commits(project, ref_name)],
  [/^\/repository\/commits\/([^/]+)$/, (project, _, ref) => one(project.commits.get(project.resolve(ref) ?? ""))],
  [/^\/repository\/compare$/, (project, { from = "", to = "" }) => compare(project, from, to)],
  [/^\/repository\/tags$/, ({ tags }) => listed(tags)],
  [/^\/releases$/, ({ releases }) => listed(releases)],
  [/^\/environments$/, ({ environments }) => listed(environments)],
  [/^\/deployments$/, ({ deployments }, query) => updated(deployments, query)],
  [/^\/deployments\/(\d+)$/, ({ deployments }, _, id) => one(deployments.find((each) => each.id === Number(id)))],
  [/^\/pipelines$/, ({ pipelines }, query) => updated(pipelines, query)],
  [/^\/pipelines\/(\d+)$/, ({ pipelines }, _, id) => one(pipelines.find((each) => each.id === Number(id)))],
  [/^\/pipelines\/(\d+)\/jobs$/, ({ jobs }, _, id) => listed(jobs.get(Number(id)) ?? [])],
  [/^\/issues$/, ({ issues }, query) => updated(issues.filter(wanted(query)), query)],
  [/^\/merge_requests$/, ({ mergeRequests }, query) => updated(payloads(mergeRequests), query)],
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

function commits(project: FakeProject, ref: string): Answer {
  const [from = "", to] = ref.split("..");
  if (to !== undefined) return project.ranges ? { list: ahead(project, from, to) ?? [], total: false } : missing;
  const sha = project.resolve(ref);
  return sha === null ? missing : { list: project.history(sha), total: false };
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

function wanted({ labels = "", issue_type = "" }: Query) {
  return (issue: Payload & { labels: string[] }) =>
    (labels === "" || issue.labels.includes(labels)) && (issue_type === "" || issue["issue_type"] === issue_type);
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
