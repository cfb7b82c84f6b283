/**
 * What scanners found in a project, which GitLab tells in GraphQL; its REST routes for this are deprecated:
 * https://docs.gitlab.com/api/graphql/reference/#vulnerability
 */
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";
import type { PoliteFetch } from "../polite/index.ts";
import type { Read } from "./answers.ts";

const At = z.iso.datetime({ offset: true }).transform((text): Instant => Date.parse(text));
const MaybeAt = At.nullish().transform((at) => at ?? null);

export const Vulnerability = z.object({
  /** Such as `gid://gitlab/Vulnerability/7`. */
  id: z.string(),
  title: z.string().nullish(),
  severity: z.string().nullish(),
  state: z.string(),
  reportType: z.string().nullish(),
  detectedAt: At,
  resolvedAt: MaybeAt,
  dismissedAt: MaybeAt,
  updatedAt: MaybeAt,
  /** Without the host. */
  vulnerabilityPath: z.string().nullish(),
});
export type Vulnerability = z.infer<typeof Vulnerability>;

const Answer = z.object({
  data: z
    .object({
      project: z
        .object({
          vulnerabilities: z
            .object({
              pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
              /** Those that the token may not see are `null`. */
              nodes: z.array(Vulnerability.nullable()),
            })
            .nullable(),
        })
        .nullable(),
    })
    .nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});

const QUERY = `query ($path: ID!, $after: String) {
  project(fullPath: $path) {
    vulnerabilities(first: 100, after: $after, sort: detected_desc) {
      pageInfo { hasNextPage endCursor }
      nodes { id title severity state reportType detectedAt resolvedAt dismissedAt updatedAt vulnerabilityPath }
    }
  }
}`;

/** A page of them, or why there is none: GitLab knows them from the plan Ultimate on. */
export type Vulnerabilities =
  | { readonly items: readonly Vulnerability[]; readonly next: string | null }
  | { readonly refusal: string };

/** A host that has no GraphQL, or a proxy that hides it, is asked no longer than is useful. */
const TRIES = 3;

export function vulnerabilityLister(fetch: PoliteFetch, url: string, token: string, read: Read) {
  return async (path: string, after: string | null): Promise<Vulnerabilities> => {
    const response = await fetch(`${url}/api/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ query: QUERY, variables: { path, after } }),
      tries: TRIES,
    });
    const { data, errors } = read(Answer, await response.json());
    const found = data?.project?.vulnerabilities ?? null;
    if (found === null) return { refusal: errors?.[0]?.message ?? "GitLab shows none" };
    const { nodes, pageInfo } = found;
    return {
      items: nodes.filter((node) => node !== null),
      next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    };
  };
}
