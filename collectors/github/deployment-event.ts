/** A deployment as GitHub records it: https://docs.github.com/graphql/reference/objects#deployment */
import { z } from "zod";
import type { Deployment, DeploymentStatus, Outcome } from "#metrics/events.ts";
import { Actor, ACTOR } from "./actors.ts";
import { At, connection } from "./payload.ts";
import type { Place } from "./place.ts";

export const Status = z.object({ state: z.string(), createdAt: At });
export type Status = z.infer<typeof Status>;

export const DEPLOYMENT = `fragment Deployment on Deployment {
  databaseId environment originalEnvironment commitOid createdAt creator ${ACTOR}
  statuses(first: 20) { totalCount pageInfo { hasNextPage endCursor } nodes { state createdAt } }
}`;

export const DeploymentPayload = z.object({
  databaseId: z.number(),
  environment: z.string().nullable(),
  originalEnvironment: z.string().nullable(),
  commitOid: z.string(),
  createdAt: At,
  creator: Actor.optional(),
  statuses: connection(Status)
    .nullable()
    .transform(
      (statuses) => statuses ?? { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    ),
});
export type DeploymentPayload = z.infer<typeof DeploymentPayload>;

export function deploymentEvent({ identity, url, persons }: Place, deployment: DeploymentPayload): Deployment {
  const { creator = null } = deployment;
  // A deployment belongs to the environment it was made for, also after it was renamed by a status.
  const environment = deployment.originalEnvironment ?? deployment.environment ?? "";
  return {
    kind: "deployment",
    ...identity,
    id: String(deployment.databaseId),
    url: `${url}/deployments/${encodeURIComponent(environment)}`,
    environment,
    tier: null,
    sha: deployment.commitOid,
    createdAt: deployment.createdAt,
    statuses: history(deployment.statuses.nodes),
    fixesVersion: null,
    ...(creator !== null && { deployerKind: persons(creator).authorKind }),
  };
}

/** In order. `inactive` only says that another deployment took its place, and is no outcome of this one. */
function history(statuses: readonly Status[]): DeploymentStatus[] {
  return statuses
    .flatMap(({ state, createdAt }) => {
      const outcome = outcomeOf(state.toUpperCase());
      return outcome === null ? [] : [{ outcome, at: createdAt }];
    })
    .sort((a, b) => a.at - b.at);
}

function outcomeOf(state: string): Outcome | null {
  switch (state) {
    case "SUCCESS":
      return "success";
    case "FAILURE":
    case "ERROR":
      return "failure";
    case "IN_PROGRESS":
      return "running";
    case "QUEUED":
    case "PENDING":
    case "WAITING":
      return "waiting";
    default:
      return null;
  }
}

/** Whether nothing more is expected of it: it succeeded once, or failed or was replaced last. */
export function isFinished({ statuses }: DeploymentPayload): boolean {
  const states = statuses.nodes.toSorted((a, b) => b.createdAt - a.createdAt).map(({ state }) => state.toUpperCase());
  const [last = ""] = states;
  return states.includes("SUCCESS") || ["FAILURE", "ERROR", "INACTIVE"].includes(last);
}
