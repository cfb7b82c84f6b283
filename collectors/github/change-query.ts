/** What is asked about a change, and how the answer reads: https://docs.github.com/graphql/reference/objects#pullrequest */
import { z } from "zod";
import { ACTOR, Actor } from "./actors.ts";
import { At, connection, nothing } from "./payload.ts";

const PAGE = "totalCount pageInfo { hasNextPage endCursor }";

/** The lists inside a change, each with the fields of its nodes; a change with more than fits is asked for the rest. */
export const LISTS = {
  commits: { first: 100, arguments: "", nodes: "commit { oid authoredDate }" },
  reviews: { first: 50, arguments: "", nodes: `databaseId state submittedAt author ${ACTOR}` },
  comments: { first: 50, arguments: "", nodes: `databaseId createdAt author ${ACTOR}` },
  timelineItems: {
    first: 30,
    arguments: ", itemTypes: [READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REOPENED_EVENT]",
    nodes:
      "__typename ... on ReadyForReviewEvent { createdAt } ... on ConvertToDraftEvent { createdAt } ... on ReopenedEvent { createdAt }",
  },
  labels: { first: 30, arguments: "", nodes: "name" },
  closingIssuesReferences: { first: 10, arguments: "", nodes: "createdAt" },
  files: { first: 100, arguments: "", nodes: "path" },
} as const;
export type List = keyof typeof LISTS;

/** Lists that are not asked of every host, or not of every repository. */
export type Part = Extract<List, "closingIssuesReferences" | "files">;

export function listField(list: List, after = ""): string {
  const { first, arguments: more, nodes } = LISTS[list];
  return `${list}(first: ${first}${after}${more}) { ${PAGE} nodes { ${nodes} } }`;
}

export function changeFragment(parts: readonly Part[]): string {
  return `fragment Change on PullRequest {
  number url title isDraft state createdAt updatedAt mergedAt closedAt additions deletions baseRefName headRefName
  author ${ACTOR}
  mergeCommit { oid }
  ${listField("commits")}
  ${listField("reviews")}
  ${listField("comments")}
  ${listField("timelineItems")}
  ${listField("labels")}
  ${parts.map((part) => listField(part)).join("\n")}
}`;
}

export const ListPayload = {
  commits: connection(z.object({ commit: z.object({ oid: z.string(), authoredDate: At }) })),
  reviews: connection(z.object({ state: z.string(), submittedAt: At.nullable(), author: Actor })),
  comments: connection(z.object({ createdAt: At, author: Actor })),
  timelineItems: connection(z.object({ __typename: z.string(), createdAt: At.optional() })),
  labels: connection(z.object({ name: z.string() })),
  closingIssuesReferences: connection(z.object({ createdAt: At })),
  files: connection(z.object({ path: z.string() })),
};

export const ChangePayload = z.object({
  number: z.number(),
  url: z.string(),
  title: z.string(),
  isDraft: z.boolean(),
  state: z.string(),
  createdAt: At,
  updatedAt: At,
  mergedAt: At.nullable(),
  closedAt: At.nullable(),
  additions: z.number(),
  deletions: z.number(),
  baseRefName: z.string(),
  headRefName: z.string(),
  author: Actor,
  mergeCommit: z.object({ oid: z.string() }).nullable(),
  commits: ListPayload.commits,
  reviews: ListPayload.reviews,
  comments: ListPayload.comments,
  timelineItems: ListPayload.timelineItems,
  // A change without labels may have no list of them.
  labels: ListPayload.labels.nullable().transform((labels) => labels ?? nothing()),
  closingIssuesReferences: ListPayload.closingIssuesReferences.nullish().transform((issues) => issues ?? nothing()),
  /** `null` when they were not asked for, or GitHub could not tell. */
  files: ListPayload.files.nullish().transform((files) => files ?? null),
});
export type ChangePayload = z.infer<typeof ChangePayload>;
