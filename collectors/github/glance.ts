/** One small query that tells what a repository is now, and whether reading more of it would pay. */
import { z } from "zod";
import type { Client } from "./client.ts";
import { At } from "./payload.ts";

const GLANCE = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner url isArchived isPrivate pushedAt
    defaultBranchRef { name target { oid } }
    pullRequests(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
    refs(refPrefix: "refs/tags/", first: 100, orderBy: {field: TAG_COMMIT_DATE, direction: DESC}) {
      totalCount nodes { name target { oid } }
    }
    releases(first: 100, orderBy: {field: CREATED_AT, direction: DESC}) {
      totalCount nodes { databaseId tagName isDraft isPrerelease publishedAt updatedAt }
    }
  }
}`;

const Repository = z.object({
  databaseId: z.number(),
  nameWithOwner: z.string(),
  url: z.string(),
  isArchived: z.boolean(),
  pushedAt: At.nullable(),
  defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() }).nullable(),
  pullRequests: z.object({ totalCount: z.number(), nodes: z.array(z.object({ updatedAt: At })) }),
  refs: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }).nullable(),
  releases: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }),
});
export type Glance = z.infer<typeof Repository>;

const Answer = z.object({ repository: Repository });

export async function glance(client: Client, owner: string, name: string): Promise<Glance> {
  return (await client.query(GLANCE, { owner, name }, Answer)).repository;
}
