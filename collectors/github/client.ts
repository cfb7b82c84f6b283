/** GitHub's two APIs behind one governor. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { HostError } from "../collector.ts";
import type { PoliteFetch } from "../polite/index.ts";
import { graphQlError, GraphQlError, isBearable } from "./graphql-error.ts";
import type { GitHubOptions } from "./options.ts";

export interface Client {
  readonly source: string;
  /** A REST answer. `path` begins with `/` and holds its query. */
  readonly get: <Type>(path: string, type: z.ZodType<Type>, tries?: number) => Promise<Page<Type>>;
  /** A GraphQL answer. What is missing of the optional fields is `null`. */
  readonly query: <Type>(
    document: string,
    variables: Variables,
    type: z.ZodType<Type>,
    tries?: number,
  ) => Promise<Type>;
}

export interface Page<Type> {
  readonly data: Type;
  /** Whether `Link` names a next page. */
  readonly more: boolean;
  /** The query of that page, such as `?after=Y3Vyc29y&per_page=100`; `null` when there is none. */
  readonly next: string | null;
}

interface Said {
  readonly data: unknown;
  readonly link: string;
}

export type Variables = Readonly<Record<string, unknown>>;

const GraphQlAnswer = z.object({ data: z.unknown().optional(), errors: z.array(GraphQlError).optional() });

export function createClient(source: string, options: GitHubOptions, polite: PoliteFetch): Client {
  const send = (to: string, init: RequestInit = {}, tries?: number) => polite(to, politeInit(init, tries));
  const octokit = new Octokit({
    ...authentication(options),
    baseUrl: options.url,
    userAgent: "headway",
    log: silent,
    request: { fetch: (to: string, init: RequestInit) => send(to, init) },
  });
  const ask = async (method: string, url: string, body: Variables | null, tries?: number): Promise<Said> => {
    let answer: Response | null = null;
    const fetch = async (to: string, init: RequestInit) => (answer = await send(to, init, tries));
    try {
      // Octokit reads JSON with a parser for large integers that takes longer than everything else together.
      const { headers } = await octokit.request({
        method,
        url,
        ...body,
        request: { fetch, parseSuccessResponseBody: false },
      });
      return { data: await bodyOf(answer), link: headers.link ?? "" };
    } catch (error) {
      // Octokit wraps what its fetch threw, and our own sentence is the better one.
      if (error instanceof Error && error.cause instanceof HostError) throw error.cause;
      // Nothing was asked: an app signs what it asks for.
      throw answer === null && options.app !== undefined ? unusableKey(source, error) : error;
    }
  };
  return {
    source,
    async get(path, type, tries) {
      const { data, link } = await ask("GET", path, null, tries);
      const next = nextIn(link);
      return { data: understood(source, path, type, data), more: next !== null, next };
    },
    async query(query, variables, type, tries) {
      const { data } = await ask("POST", graphQlUrl(options.url), { query, variables }, tries);
      const answer = understood(source, "/graphql", GraphQlAnswer, data);
      const isEmpty = answer.data === undefined || answer.data === null;
      const [error, ...others] = (answer.errors ?? []).filter((one) => isEmpty || !isBearable(one));
      if (error !== undefined) throw graphQlError(source, [error, ...others]);
      return understood(source, "/graphql", type, answer.data);
    },
  };
}

/** GitHub Enterprise serves REST at `/api/v3` and GraphQL at `/api/graphql`. */
function graphQlUrl(url: string): string {
  return `${url.replace(/\/v3$/, "")}/graphql`;
}

function nextIn(link: string): string | null {
  const address = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
  return address === undefined ? null : new URL(address).search;
}

function authentication({ token, app }: GitHubOptions) {
  if (app === undefined) return { auth: token };
  const { id, privateKey, installation } = app;
  return { authStrategy: createAppAuth, auth: { appId: id, privateKey, installationId: installation } };
}

/** The private key of an app is none, which nobody notices before it is used. */
export function unusableKey(source: string, error: unknown): HostError {
  const said = error instanceof Error ? error.message : String(error);
  const what = `The app's private key cannot be used (${said}), so GitHub cannot be asked. Put the whole text of the .pem file into \`app.privateKey\`, its first and last line included.`;
  return new HostError(source, "auth", what, error);
}

async function bodyOf(response: Response | null): Promise<unknown> {
  return response?.json();
}

function politeInit({ method, headers, body }: RequestInit, tries: number | undefined) {
  return {
    ...(method !== undefined && { method }),
    headers: Object.fromEntries(new Headers(headers)),
    ...(typeof body === "string" && { body }),
    ...(tries !== undefined && { tries }),
  };
}

function understood<Type>(source: string, path: string, type: z.ZodType<Type>, data: unknown): Type {
  const result = type.safeParse(data);
  if (result.success) return result.data;
  const where = path.split("?")[0];
  throw new HostError(
    source,
    "unavailable",
    `GitHub's answer to ${where} is not what this version of Headway understands. What was collected before is kept. Report it with these lines:\n${z.prettifyError(result.error)}`,
    result.error,
  );
}

const ignore = () => {};
/** Octokit prints every refused request; our errors say it once, in a sentence. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
