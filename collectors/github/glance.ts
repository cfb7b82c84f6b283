/** One small query that tells what a repository is now, and whether reading more of it would pay. */
import { z } from "zod";
import type { Client } from "./client.ts";
import type { Fields } from "./fields.ts";
import { At } from "./payload.ts";

/** Until it is known which fields there are, it names all that will be asked for, so that one answer tells of all. */
function question({ has, areKnown }: Fields): string {
  const tried = (["closingIssuesReferences", "files"] as const).filter((field) => !areKnown() && has(field));
  return `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner url isArchived ${has("archivedAt") ? "archivedAt " : ""}isPrivate pushedAt
    defaultBranchRef { name target { oid } }
    pullRequests(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount nodes { updatedAt ${tried.map((field) => `${field}(first: 1) { totalCount }`).join(" ")} }
    }
    refs(refPrefix: "refs/tags/", first: 100, orderBy: {field: TAG_COMMIT_DATE, direction: DESC}) {
      totalCount nodes { name target { oid } }
    }
    releases(first: 100, orderBy: {field: CREATED_AT, direction: DESC}) {
      totalCount nodes { databaseId tagName isDraft isPrerelease publishedAt updatedAt }
    }
  }
}`;
}

const Repository = z.object({
  databaseId: z.number(),
  nameWithOwner: z.string(),
  url: z.string(),
  isArchived: z.boolean(),
  archivedAt: At.nullish(),
  pushedAt: At.nullable(),
  defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }).nullable() }).nullable(),
  pullRequests: z.object({ totalCount: z.number(), nodes: z.array(z.object({ updatedAt: At })) }),
  refs: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }).nullable(),
  releases: z.object({ totalCount: z.number(), nodes: z.array(z.unknown()) }),
});
export type Glance = z.infer<typeof Repository>;

const Answer = z.object({ repository: Repository });

export async function glance(client: Client, fields: Fields, owner: string, name: string): Promise<Glance> {
  return (await fields.ask(() => client.query(question(fields), { owner, name }, Answer))).repository;
}
