/** A small GitLab on a real socket: what it holds is what a test puts in, and it misbehaves on demand. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { FakeProject } from "./fake-gitlab-project.ts";
import type { Payload } from "./fake-gitlab-project.ts";
import { answer } from "./fake-gitlab-routes.ts";
import type { Answer, Query } from "./fake-gitlab-routes.ts";

export interface Asked {
  /** Behind `/api/v4`, or `/api/graphql`. */
  readonly path: string;
  readonly query: Query;
  readonly at: number;
  /** What it was answered with; 0 for nothing. */
  status: number;
}

export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: "html" | "reset" | "reset-mid" | "truncate" | "hang" }
  /** What was on page 1 moves to page 2, or from page 2 to page 1, between the two. */
  | { readonly kind: "repeat" | "drop" };

export interface Limit {
  readonly requests: number;
  readonly seconds: number;
}

export class FakeGitLab {
  readonly url: string;
  readonly projects: FakeProject[] = [];
  readonly asked: Asked[] = [];
  token = "secret";
  /** What it says of its token; without scopes it is too old to be asked. */
  account: { username: string; scopes: string[] | null; groups: string[] } = {
    username: "ada",
    scopes: ["read_api"],
    groups: ["acme"],
  };
  /** Decides for each request whether something goes wrong. */
  fault: (asked: Asked) => Fault | null = () => null;
  /** Called when a request comes in, before it is answered. */
  before: (asked: Asked) => void = () => undefined;
  limit: Limit | null = null;
  /** Whether the projects of a group are paged by key where that is asked for. */
  groupsByKey = false;
  /** Rows up to which lists that can be paged by key are shown by number. */
  offsetMax = 50_000;
  /** What is said instead of vulnerabilities, as by editions that know none. */
  withoutVulnerabilities: string | null = null;
  #window = { used: 0, resetAt: 0 };

  constructor(url: string) {
    this.url = url;
  }

  project(path = "acme/shell"): FakeProject {
    const made = new FakeProject(1000 + this.projects.length, path);
    this.projects.push(made);
    return made;
  }

  /** The project that was made first. */
  get first(): FakeProject {
    const [project] = this.projects;
    if (project === undefined) throw new Error("There is no project.");
    return project;
  }

  /** How many requests asked for a path. */
  count(path: RegExp): number {
    return this.asked.filter((asked) => path.test(asked.path)).length;
  }

  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const url = new URL(request.url ?? "/", this.url);
    const path = url.pathname.replace("/api/v4", "");
    const asked: Asked = { path, query: queryOf(url.searchParams), at: Date.now(), status: 0 };
    this.before(asked);
    this.asked.push(asked);
    const fault = this.fault(asked);
    if (fault?.kind === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === "hang") return;
    const { status, body, headers } = this.#answer(request, text, asked, fault);
    asked.status = status;
    const bytes = Buffer.from(body);
    response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...headers });
    if (fault?.kind === "reset-mid")
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    else response.end(bytes);
  }

  #answer(request: IncomingMessage, text: string, { path, query }: Asked, fault: Fault | null) {
    if (fault?.kind === "status") return { status: fault.status, body: '{"message":"no"}', headers: fault.headers };
    if (fault?.kind === "html")
      return { status: 200, body: "<!DOCTYPE html><title>Oh</title>", headers: { "content-type": "text/html" } };
    const { authorization = "", "private-token": token = authorization.replace("Bearer ", "") } = request.headers;
    if (token !== this.token) return { status: 401, body: '{"message":"401 Unauthorized"}' };
    const limited = this.#count();
    if (limited !== null) return limited;
    if (path === "/api/graphql") return { status: 200, body: JSON.stringify(this.#graphql(text)) };
    const found = this.#find(path, query);
    if ("status" in found) return { status: found.status, body: '{"message":"404 Not found"}' };
    if ("one" in found) return { status: 200, body: JSON.stringify(found.one) };
    const paged = this.#page(found, path, query, fault);
    if (paged === null) return { status: 405, body: '{"error":"Offset pagination has a maximum allowed offset"}' };
    const { items, headers } = paged;
    const body = JSON.stringify(items);
    return { status: 200, body: fault?.kind === "truncate" ? body.slice(0, body.length / 2) : body, headers };
  }

  #ofAccount(path: string): Answer | null {
    const { username, scopes, groups } = this.account;
    switch (path) {
      case "/user":
        return { one: { id: 1, username } };
      case "/personal_access_tokens/self":
        return scopes === null ? { status: 404 } : { one: { scopes, expires_at: "2027-01-31" } };
      case "/groups":
        return { list: groups.map((full_path) => ({ full_path })), total: true };
      case "/projects":
        return { list: this.projects.filter(({ hidden }) => !hidden).map(({ payload }) => payload), total: true };
      default:
        return null;
    }
  }

  #find(path: string, query: Query): Answer {
    const ofAccount = this.#ofAccount(path);
    if (ofAccount !== null) return ofAccount;
    const group = /^\/groups\/([^/]+)\/projects$/.exec(path)?.[1];
    if (group !== undefined) return this.#group(decodeURIComponent(group), query);
    const [, name = "", rest = ""] = /^\/projects\/([^/]+)(.*)$/.exec(path) ?? [];
    const wanted = decodeURIComponent(name);
    const project = this.projects.find(({ payload }) =>
      [String(payload.id), payload.path_with_namespace].includes(wanted),
    );
    return project === undefined || project.hidden ? { status: 404 } : answer(project, rest, query);
  }

  #group(group: string, { archived }: Query): Answer {
    const inside = this.projects.filter(({ payload }) => payload.path_with_namespace.startsWith(`${group}/`));
    const shown = inside.filter(({ hidden, payload }) => !hidden && (archived === undefined || !payload["archived"]));
    return { list: shown.map(({ payload }) => payload), total: true, keyed: this.groupsByKey };
  }

  /** https://docs.gitlab.com/api/graphql/reference/#projectvulnerabilities */
  #graphql(text: string): Payload {
    if (this.withoutVulnerabilities !== null) return { errors: [{ message: this.withoutVulnerabilities }] };
    const { variables } = JSON.parse(text) as { variables: { path: string; after: string | null } };
    const project = this.projects.find(({ payload }) => payload.path_with_namespace === variables.path);
    const found = project?.hidden === true ? null : (project?.vulnerabilities ?? null);
    if (found === null) return { data: { project: { vulnerabilities: null } } };
    const newest = found.toSorted((a, b) => Date.parse(String(b["detectedAt"])) - Date.parse(String(a["detectedAt"])));
    const from = Number(variables.after ?? 0);
    const pageInfo = { hasNextPage: from + 100 < newest.length, endCursor: String(from + 100) };
    return { data: { project: { vulnerabilities: { pageInfo, nodes: newest.slice(from, from + 100) } } } };
  }

  /** `null` where pages are refused by number. */
  #page(found: Extract<Answer, { list: unknown }>, path: string, query: Query, fault: Fault | null) {
    const [number, size] = [Number(query["page"] ?? 1), Number(query["per_page"] ?? 20)];
    if (found.keyed !== true) return page(found, query, fault, `${this.url}/api/v4${path}`);
    if (query["pagination"] !== "keyset") return number * size > this.offsetMax ? null : page(found, query, fault, "");
    const from = Number(query["cursor"] ?? 0);
    const items = found.list.slice(from, from + size);
    const next = new URLSearchParams({ ...query, cursor: String(from + size) });
    // By an address that only the host itself knows.
    const link = `<http://gitlab.internal/api/v4${path}?${next.toString()}>; rel="next"`;
    return { items, headers: { ...(from + size < found.list.length && { link }) } };
  }

  #count() {
    if (this.limit === null) return null;
    const now = Date.now() / 1000;
    if (now >= this.#window.resetAt) this.#window = { used: 0, resetAt: Math.ceil(now + this.limit.seconds) };
    this.#window.used += 1;
    if (this.#window.used <= this.limit.requests) return null;
    const seconds = Math.max(1, Math.ceil(this.#window.resetAt - now));
    return {
      status: 429,
      body: "Retry later\n",
      headers: { "retry-after": String(seconds), "content-type": "text/plain" },
    };
  }
}

function page({ list, total }: Extract<Answer, { list: unknown }>, query: Query, fault: Fault | null, address: string) {
  const number = Number(query["page"] ?? 1);
  const size = Number(query["per_page"] ?? 20);
  const slid = (number - 1) * slideOf(fault);
  const items = list.slice(Math.max(0, (number - 1) * size + slid), number * size + slid);
  const next = number * size + slid < list.length ? String(number + 1) : "";
  const following = new URLSearchParams({ ...query, page: next });
  const link = `<${address}?${following.toString()}>; rel="next"`;
  return {
    items,
    headers: {
      "x-page": String(number),
      "x-next-page": next,
      ...(total && { "x-total": list.length }),
      ...(next !== "" && { link }),
    },
  };
}

/** Values of a list (`iids[]`) as one text. */
function queryOf(params: URLSearchParams): Query {
  const names = [...new Set(params.keys())];
  return Object.fromEntries(names.map((name) => [name.replace("[]", ""), params.getAll(name).join(",")]));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

function slideOf(fault: Fault | null): number {
  if (fault?.kind === "drop") return 1;
  return fault?.kind === "repeat" ? -1 : 0;
}

/** One that ends with the test. */
export async function aGitLab(): Promise<FakeGitLab> {
  let fake: FakeGitLab | null = null;
  const server = createServer((request, response) => void fake?.respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  fake = new FakeGitLab(`http://127.0.0.1:${port}`);
  return fake;
}

/** A fault in requests that match, so many times. */
export function failing(path: RegExp, fault: Fault, times = Infinity): (asked: Asked) => Fault | null {
  let left = times;
  return (asked) => (path.test(asked.path) && left-- > 0 ? fault : null);
}
