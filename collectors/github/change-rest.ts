/** The rest of a change that did not fit on its page: the 101st commit, the 51st review. */
import { z } from "zod";
import { filesOf } from "./files.ts";
import { ListPayload, listField } from "./change-query.ts";
import type { ChangePayload, List } from "./change-query.ts";
import type { Connection } from "./payload.ts";
import type { Place } from "./place.ts";

export async function completed(place: Place, change: ChangePayload): Promise<ChangePayload> {
  return {
    ...change,
    commits: await whole(place, change.number, "commits", change.commits, ListPayload.commits),
    reviews: await whole(place, change.number, "reviews", change.reviews, ListPayload.reviews),
    comments: await whole(place, change.number, "comments", change.comments, ListPayload.comments),
    timelineItems: await whole(place, change.number, "timelineItems", change.timelineItems, ListPayload.timelineItems),
    labels: await whole(place, change.number, "labels", change.labels, ListPayload.labels),
    closingIssuesReferences: await whole(
      place,
      change.number,
      "closingIssuesReferences",
      change.closingIssuesReferences,
      ListPayload.closingIssuesReferences,
    ),
    files: await files(place, change),
  };
}

/** GraphQL does not tell them everywhere; REST takes a request for each change. */
async function files(place: Place, { number, files: first }: ChangePayload): Promise<ChangePayload["files"]> {
  if (!place.wants.paths) return null;
  return first === null ? filesOf(place, number) : whole(place, number, "files", first, ListPayload.files);
}

async function whole<Node>(
  { client, owner, name }: Place,
  number: number,
  list: List,
  first: Connection<Node>,
  type: z.ZodType<Connection<Node>>,
): Promise<Connection<Node>> {
  let { totalCount, pageInfo } = first;
  const nodes = [...first.nodes];
  while (pageInfo.hasNextPage) {
    const answer = z.object({ repository: z.object({ pullRequest: z.object({ [list]: type }) }) });
    const { repository } = await client.query(
      `query($owner: String!, $name: String!, $number: Int!, $after: String!) {
        repository(owner: $owner, name: $name) {
          pullRequest(number: $number) { ${listField(list, ", after: $after")} }
        }
      }`,
      { owner, name, number, after: pageInfo.endCursor },
      answer,
    );
    const page = repository.pullRequest[list];
    if (page === undefined || page.nodes.length === 0) break;
    ({ totalCount, pageInfo } = page);
    nodes.push(...page.nodes);
  }
  return { totalCount, pageInfo, nodes };
}
