/** A small GitLab on a real socket: what it holds is what a test puts in, and it misbehaves on demand. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { FakeProject } from "./fake-gitlab-project.ts";
import { answer } from "./fake-gitlab-routes.ts";
import type { Answer, Query } from "./fake-gitlab-routes.ts";

export interface Asked {
  /** Behind `/api/v4`. */
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

  respond(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", this.url);
    const path = url.pathname.replace("/api/v4", "");
    const asked: Asked = { path, query: Object.fromEntries(url.searchParams), at: Date.now(), status: 0 };
    this.before(asked);
    this.asked.push(asked);
    const fault = this.fault(asked);
    if (fault?.kind === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === "hang") return;
    const { status, body, headers } = this.#answer(request, asked, fault);
    asked.status = status;
    const bytes = Buffer.from(body);
    response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...headers });
    if (fault?.kind === "reset-mid")
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
    else response.end(bytes);
  }

  #answer(request: IncomingMessage, { path, query }: Asked, fault: Fault | null) {
    if (fault?.kind === "status") return { status: fault.status, body: '{"message":"no"}', headers: fault.headers };
    if (fault?.kind === "html")
      return { status: 200, body: "<!DOCTYPE html><title>Oh</title>", headers: { "content-type": "text/html" } };
    if (request.headers["private-token"] !== this.token) return { status: 401, body: '{"message":"401 Unauthorized"}' };
    const limited = this.#count();
    if (limited !== null) return limited;
    const found = this.#find(path, query);
    if ("status" in found) return { status: found.status, body: '{"message":"404 Not found"}' };
    if ("one" in found) return { status: 200, body: JSON.stringify(found.one) };
    const { items, headers } = page(found, query, fault);
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
    return { list: shown.map(({ payload }) => payload), total: true };
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

function page({ list, total }: Extract<Answer, { list: unknown }>, query: Query, fault: Fault | null) {
  const number = Number(query["page"] ?? 1);
  const size = Number(query["per_page"] ?? 20);
  const slid = (number - 1) * slideOf(fault);
  const items = list.slice(Math.max(0, (number - 1) * size + slid), number * size + slid);
  const next = number * size + slid < list.length ? String(number + 1) : "";
  return {
    items,
    headers: { "x-page": String(number), "x-next-page": next, ...(total && { "x-total": list.length }) },
  };
}

function slideOf(fault: Fault | null): number {
  if (fault?.kind === "drop") return 1;
  return fault?.kind === "repeat" ? -1 : 0;
}

/** One that ends with the test. */
export async function aGitLab(): Promise<FakeGitLab> {
  let fake: FakeGitLab | null = null;
  const server = createServer((request, response) => fake?.respond(request, response));
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
