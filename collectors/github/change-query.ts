/** What is asked about a change, and how the answer reads: https://docs.github.com/graphql/reference/objects#pullrequest */
import { z } from "zod";
import { ACTOR, Actor } from "./actors.ts";
import { At, connection } from "./payload.ts";

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
} as const;
export type List = keyof typeof LISTS;

export function listField(list: List, after = ""): string {
  const { first, arguments: more, nodes } = LISTS[list];
  return `${list}(first: ${first}${after}${more}) { ${PAGE} nodes { ${nodes} } }`;
}

export const CHANGE = `fragment Change on PullRequest {
  number url title isDraft state createdAt updatedAt mergedAt closedAt additions deletions baseRefName
  author ${ACTOR}
  mergeCommit { oid }
  ${listField("commits")}
  ${listField("reviews")}
  ${listField("comments")}
  ${listField("timelineItems")}
  ${listField("labels")}
}`;

export const ListPayload = {
  commits: connection(z.object({ commit: z.object({ oid: z.string(), authoredDate: At }) })),
  reviews: connection(z.object({ state: z.string(), submittedAt: At.nullable(), author: Actor })),
  comments: connection(z.object({ createdAt: At, author: Actor })),
  timelineItems: connection(z.object({ __typename: z.string(), createdAt: At.optional() })),
  labels: connection(z.object({ name: z.string() })),
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
  author: Actor,
  mergeCommit: z.object({ oid: z.string() }).nullable(),
  commits: ListPayload.commits,
  reviews: ListPayload.reviews,
  comments: ListPayload.comments,
  timelineItems: ListPayload.timelineItems,
  // A change without labels may have no list of them.
  labels: ListPayload.labels.nullable().transform((labels) => labels ?? NO_LABELS),
});
export type ChangePayload = z.infer<typeof ChangePayload>;

const NO_LABELS: z.infer<typeof ListPayload.labels> = {
  totalCount: 0,
  pageInfo: { hasNextPage: false, endCursor: null },
  nodes: [],
};
