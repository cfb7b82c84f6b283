/** The rest of a change that did not fit on its page: the 101st commit, the 51st review, the 101st file. */
import { z } from "zod";
import { ListPayload, listField } from "./change-query.ts";
import type { ChangePayload, List } from "./change-query.ts";
import { pathsOfChange } from "./files.ts";
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
  };
}

/**
 * The files of a change, asked for only when something about it is new: GraphQL does not tell them everywhere, and REST takes a
 * request for each change. `null` where they are not wanted, or GitHub cannot tell.
 */
export async function pathsOf(place: Place, { number, files }: ChangePayload): Promise<readonly string[] | null> {
  if (!place.wants.paths) return null;
  if (files === null) return pathsOfChange(place, number);
  const { nodes } = await whole(place, number, "files", files, ListPayload.files);
  return nodes.map(({ path }) => path);
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
