/** A GitHub of our own on a local port: its two APIs over a world, its limits, and whatever goes wrong. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { FakeAccount } from "./account.ts";
import { alertList } from "./alerts.ts";
import { answer } from "./graphql.ts";
import { commitOf, deploymentOf, fileOf, iso, jobOf, repositoryOf, runOf, statusOf } from "./rest.ts";
import { FakeRepository } from "./world.ts";

export type Fault = "502" | "html" | "reset" | "truncate" | "401" | "403" | "404" | "410" | "429" | "451";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export class FakeGitHub {
  readonly repositories: FakeRepository[] = [];
  /** Old names and the repositories they lead to. */
  readonly moved = new Map<string, FakeRepository>();
  /** Full names that the list of an organisation leaves out, as it does while it shifts. */
  readonly hidden = new Set<string>();
  /** What was asked, with the query of REST and the text of GraphQL. */
  readonly asked: string[] = [];
  /** Told of each request before it is answered; may change the world, or say what goes wrong. */
  before: (request: string, token: string) => Fault | undefined | void = () => {};
  /** Milliseconds that each answer takes. */
  delay = 0;
  /** Those that it lets in. */
  readonly tokens = new Set(["t-good"]);
  url = "";
  /** Fields of GraphQL's schema that this server does not have, such as `PullRequest.files`. */
  readonly lacks = new Set<string>();
  /** Whose token it is. */
  readonly account = new FakeAccount();

  repository(name: string): FakeRepository {
    const repository = new FakeRepository(100 + this.repositories.length, name);
    this.repositories.push(repository);
    return repository;
  }

  async listen(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${address.port}/api/v3`;
    return this;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const asked = `${request.method} ${request.url}${body === "" ? "" : ` ${body}`}`;
    this.asked.push(asked);
    const token = (request.headers.authorization ?? "").replace(/^token /, "");
    const fault = this.before(asked, token) ?? (this.#isAllowed(request, token) ? undefined : "401");
    if (this.delay > 0) await setTimeout(this.delay);
    if (fault === "reset") return void request.socket.resetAndDestroy();
    const reply = fault === undefined || fault === "truncate" ? await this.#answer(request, body) : FAULTS[fault];
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(fault === "truncate" ? text.slice(0, text.length / 2) : text);
  }

  async #answer({ url = "" }: IncomingMessage, body: string): Promise<Reply> {
    if (url === "/api/graphql") {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const find = (owner: string, name: string) => this.#find(`${owner}/${name}`);
      return { status: 200, body: await answer(find, this.lacks, query, variables) };
    }
    const { pathname, searchParams } = new URL(url, this.url);
    const path = pathname.replace("/api/v3", "");
    const ofAccount = this.account.answer(path, this.repositories);
    if (ofAccount !== null) return ofAccount;
    const [, owner] = /^\/orgs\/([^/]+)\/repos$/.exec(path) ?? [];
    if (owner !== undefined) return this.#listOf(owner, searchParams);
    const [, id] = /^\/repositories\/(\d+)$/.exec(path) ?? [];
    if (id !== undefined) return this.#numbered(Number(id));
    const [, name = "", rest = ""] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(path) ?? [];
    const renamed = this.moved.get(name);
    if (renamed !== undefined)
      return { status: 301, body: {}, headers: { location: `/api/v3/repos/${renamed.fullName}${rest}` } };
    const repository = this.#find(name);
    return repository === undefined ? NOT_FOUND : ofRepository(repository, rest, searchParams);
  }

  /** An app shows a signed statement, for which it gets a token. */
  #isAllowed({ url = "", headers }: IncomingMessage, token: string): boolean {
    if (url.includes("/app/installations/")) return /^bearer \S+\.\S+\.\S+$/i.test(headers.authorization ?? "");
    return this.tokens.has(token);
  }

  #find(fullName: string): FakeRepository | undefined {
    return this.repositories.find((repository) => repository.fullName === fullName);
  }

  #numbered(id: number): Reply {
    const repository = this.repositories.find((one) => one.id === id);
    return repository === undefined ? NOT_FOUND : { status: 200, body: repositoryOf(repository) };
  }

  #listOf(owner: string, query: URLSearchParams): Reply {
    const owned = this.repositories.filter((one) => one.owner === owner && !this.hidden.has(one.fullName));
    return owned.length === 0 ? NOT_FOUND : page(owned, query, repositoryOf);
  }
}

const NOT_FOUND: Reply = { status: 404, body: { message: "Not Found" } };

const FAULTS: Record<Exclude<Fault, "reset" | "truncate">, Reply> = {
  "401": { status: 401, body: { message: "Bad credentials" } },
  "403": { status: 403, body: { message: "Resource not accessible by personal access token" } },
  "404": NOT_FOUND,
  "410": { status: 410, body: { message: "Gone" } },
  "451": { status: 451, body: { message: "Unavailable for legal reasons" } },
  "429": { status: 429, body: { message: "slow down" }, headers: { "retry-after": "1" } },
  "502": { status: 502, body: { message: "Server Error" } },
  html: { status: 200, body: "<!DOCTYPE html>Unicorn", headers: { "content-type": "text/html" } },
};

function ofRepository(repository: FakeRepository, path: string, query: URLSearchParams): Reply {
  const [, compared, to] = /^\/compare\/(\w+)\.\.\.(\w+)$/.exec(path) ?? [];
  if (compared !== undefined && to !== undefined) return comparison(repository, compared, to, query);
  const [, sha] = /^\/commits\/(\w{40})$/.exec(path) ?? [];
  if (sha !== undefined) return singleCommit(repository, sha, query);
  const [, tree] = /^\/git\/trees\/(\w{40})$/.exec(path) ?? [];
  if (tree !== undefined) return treeAt(repository, tree);
  const [, changed] = /^\/pulls\/(\d+)\/files$/.exec(path) ?? [];
  if (changed !== undefined) return filesOfChange(repository, Number(changed), query);
  const [, rerun, attempt] = /^\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(path) ?? [];
  if (rerun !== undefined) return runAttempt(repository, Number(rerun), Number(attempt));
  const alerts = alertList(repository, path, query);
  if (alerts !== null) return alerts;
  const [, group = "", id = "", list = ""] =
    /^\/(commits|actions\/runs|deployments)?\/?(\d*)\/?(\w*)$/.exec(path) ?? [];
  const run = repository.runs.find((one) => one.id === Number(id));
  const deployment = repository.deployments.find((one) => one.id === Number(id));
  switch (`${group} ${id === "" ? "" : "id"} ${list}`.trim()) {
    case "":
      return { status: 200, body: repositoryOf(repository) };
    case "commits":
      return page(repository.history(query.get("sha") ?? repository.head ?? ""), query, commitOf);
    case "actions/runs":
      return runList(repository, query);
    case "actions/runs id":
      return run === undefined ? NOT_FOUND : { status: 200, body: runOf(repository, run) };
    case "actions/runs id jobs":
      return run === undefined ? NOT_FOUND : page(run.jobs, query, (job) => jobOf(run, job), "jobs");
    case "deployments id":
      return deployment === undefined ? NOT_FOUND : { status: 200, body: deploymentOf(deployment) };
    case "deployments id statuses":
      return deployment === undefined ? NOT_FOUND : page(deployment.statuses.toReversed(), query, statusOf);
    default:
      return NOT_FOUND;
  }
}

/** GitHub shows 300 files of a commit at once. */
function singleCommit(repository: FakeRepository, sha: string, query: URLSearchParams): Reply {
  const commit = repository.commits.get(sha);
  if (commit === undefined) return { status: 422, body: { message: `No commit found for SHA: ${sha}` } };
  query.set("per_page", "300");
  const { body, ...rest } = page(commit.files, query, fileOf);
  return { ...rest, body: { ...commitOf(commit), files: body } };
}

/** All that was ever touched is still there; folders are listed as well. */
function treeAt(repository: FakeRepository, sha: string): Reply {
  const files = repository.history(sha).flatMap((commit) => commit.files.map((file) => [file].flat().at(-1) ?? ""));
  const folders = files.flatMap((file) => file.split("/").slice(0, -1).join("/"));
  const entries = (paths: readonly string[], type: string) => [...new Set(paths)].map((path) => ({ path, type, sha }));
  const tree = [...entries(folders.filter(Boolean), "tree"), ...entries(files, "blob")];
  return { status: 200, body: { sha, url: "", tree, truncated: repository.isTooLarge } };
}

function filesOfChange({ changes }: FakeRepository, number: number, query: URLSearchParams): Reply {
  const files = changes.find((one) => one.number === number)?.files ?? null;
  return files === null ? { status: 422, body: { message: "This diff is too large" } } : page(files, query, fileOf);
}

function runAttempt(repository: FakeRepository, id: number, number: number): Reply {
  const run = repository.runs.find((one) => one.id === id);
  const attempt = run?.earlier[number - 1];
  if (run === undefined || attempt === undefined) return NOT_FOUND;
  return { status: 200, body: runOf(repository, { ...run, ...attempt, attempt: number }) };
}

function comparison(repository: FakeRepository, base: string, head: string, query: URLSearchParams): Reply {
  if (!repository.commits.has(base) || !repository.commits.has(head)) return NOT_FOUND;
  const known = new Set(repository.history(base));
  const ahead = repository.history(head).filter((commit) => !known.has(commit));
  const { body, ...rest } = page(ahead.toReversed(), query, commitOf);
  return { ...rest, body: { total_commits: ahead.length, commits: body } };
}

/** Of a filter GitHub lists 1,000 runs. */
function runList(repository: FakeRepository, query: URLSearchParams): Reply {
  const created = query.get("created") ?? "";
  const [from = "", to = ""] = created.includes("..")
    ? created.split("..")
    : [/^>=(.*)/.exec(created)?.[1], /^<=(.*)/.exec(created)?.[1]];
  const status = query.get("status");
  const runs = repository.runs
    .filter(({ createdAt }) => iso(createdAt) >= from && (to === "" || iso(createdAt) <= to))
    .filter((run) => status === null || run.status === status || run.conclusion === status)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const listed = created === "" && status === null ? runs : runs.slice(0, 1000);
  return page(listed, query, (run) => runOf(repository, run), "workflow_runs", runs.length);
}

export function page<Item>(
  list: readonly Item[],
  query: URLSearchParams,
  shape: (item: Item) => unknown,
  wrap: string | null = null,
  total = list.length,
): Reply {
  const size = Number(query.get("per_page") ?? 30);
  const number = Number(query.get("page") ?? 1);
  const next = new URLSearchParams(query);
  next.set("page", String(number + 1));
  const items = list.slice((number - 1) * size, number * size).map(shape);
  const headers: Record<string, string> =
    number * size < list.length ? { link: `<https://github.test/?${next}>; rel="next"` } : {};
  return { status: 200, headers, body: wrap === null ? items : { total_count: total, [wrap]: items } };
}
