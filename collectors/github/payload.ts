/** Parts that many of GitHub's answers share. */
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";

export const At = z.iso.datetime({ offset: true }).transform((text): Instant => Date.parse(text));

export const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
export type PageInfo = z.infer<typeof PageInfo>;

/** A page of a GraphQL connection. GitHub leaves `null` where a node may not be shown. */
export function connection<Node extends z.ZodType>(node: Node) {
  return z.object({
    totalCount: z.number(),
    pageInfo: PageInfo,
    nodes: z.array(node.nullable()).transform((nodes) => nodes.filter((found) => found !== null)),
  });
}

/** The whole of a list that is not there. */
export function nothing(): { totalCount: number; pageInfo: PageInfo; nodes: [] } {
  return { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
}

export interface Connection<Node> {
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
  readonly nodes: Node[];
}
