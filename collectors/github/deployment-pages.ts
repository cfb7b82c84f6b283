/** Deployments with all their statuses, as GitHub lists them. */
import { z } from "zod";
import { DEPLOYMENT, DeploymentPayload } from "./deployment-event.ts";
import type { Status } from "./deployment-event.ts";
import { pageSize } from "./page-size.ts";
import { At, connection } from "./payload.ts";
import type { Connection } from "./payload.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";

const Listed = z.object({ repository: z.object({ deployments: connection(DeploymentPayload) }) });

export interface DeploymentPages {
  readonly page: (direction: "ASC" | "DESC", after: string | null) => Promise<Connection<DeploymentPayload>>;
  readonly single: (id: string) => Promise<DeploymentPayload>;
}

export function deploymentPages(place: Place): DeploymentPages {
  const size = pageSize(100, 10);
  const { client, owner, name } = place;
  return {
    async page(direction, after) {
      const query = `query($owner: String!, $name: String!, $first: Int!, $after: String) {
        repository(owner: $owner, name: $name) {
          deployments(first: $first, after: $after, orderBy: {field: CREATED_AT, direction: ${direction}}) {
            totalCount pageInfo { hasNextPage endCursor } nodes { ...Deployment }
          }
        }
      }
      ${DEPLOYMENT}`;
      const { repository } = await size.ask((first, tries) =>
        client.query(query, { owner, name, first, after }, Listed, tries),
      );
      const nodes: DeploymentPayload[] = [];
      for (const deployment of repository.deployments.nodes) nodes.push(await withAllStatuses(place, deployment));
      return { ...repository.deployments, nodes };
    },
    async single(id) {
      const { data } = await client.get(`${api(place)}/deployments/${id}`, Single);
      const { sha, created_at, original_environment, environment } = data;
      const [originalEnvironment, commitOid, createdAt] = [original_environment ?? null, sha, created_at];
      const creator = data.creator ?? null;
      const bare = { databaseId: data.id, environment, originalEnvironment, commitOid, createdAt, creator };
      return { ...bare, statuses: listOf(await statuses(place, id)) };
    },
  };
}

const Single = z.object({
  id: z.number(),
  sha: z.string(),
  environment: z.string(),
  original_environment: z.string().optional(),
  created_at: At,
  creator: z
    .object({ login: z.string(), type: z.string() })
    .transform(({ login, type }) => ({ __typename: type, login }))
    .nullish(),
});

const Statuses = z.array(
  z
    .object({ state: z.string(), created_at: At })
    .transform(({ state, created_at }) => ({ state, createdAt: created_at })),
);

async function withAllStatuses(place: Place, deployment: DeploymentPayload): Promise<DeploymentPayload> {
  if (!deployment.statuses.pageInfo.hasNextPage) return deployment;
  return { ...deployment, statuses: listOf(await statuses(place, String(deployment.databaseId))) };
}

async function statuses(place: Place, id: string): Promise<Status[]> {
  const all: Status[] = [];
  for (let page = 1; ; page++) {
    const path = `${api(place)}/deployments/${id}/statuses?per_page=100&page=${page}`;
    const { data, more } = await place.client.get(path, Statuses);
    all.push(...data);
    if (!more) return all;
  }
}

function listOf<Node>(nodes: Node[]) {
  return { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
}
