/** GitHub's two APIs behind one governor. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { HostError } from "../collector.ts";
import type { PoliteFetch } from "../polite/index.ts";
import { graphQlError, GraphQlError } from "./graphql-error.ts";
import type { GitHubOptions } from "./options.ts";

export interface Client {
  readonly source: string;
  /** A REST answer. `path` begins with `/` and holds its query. */
  readonly get: <Type>(path: string, type: z.ZodType<Type>) => Promise<Page<Type>>;
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
      throw error instanceof Error && error.cause instanceof HostError ? error.cause : error;
    }
  };
  return {
    source,
    async get(path, type) {
      const { data, link } = await ask("GET", path, null);
      return { data: understood(source, path, type, data), more: /rel="next"/.test(link) };
    },
    async query(query, variables, type, tries) {
      const { data } = await ask("POST", graphQlUrl(options.url), { query, variables }, tries);
      const answer = understood(source, "/graphql", GraphQlAnswer, data);
      const [error] = answer.errors ?? [];
      if (error !== undefined) throw graphQlError(source, error);
      return understood(source, "/graphql", type, answer.data);
    },
  };
}

/** GitHub Enterprise serves REST at `/api/v3` and GraphQL at `/api/graphql`. */
function graphQlUrl(url: string): string {
  return `${url.replace(/\/v3$/, "")}/graphql`;
}

function authentication({ token, app }: GitHubOptions) {
  if (app === undefined) return { auth: token };
  const { id, privateKey, installation } = app;
  return { authStrategy: createAppAuth, auth: { appId: id, privateKey, installationId: installation } };
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
