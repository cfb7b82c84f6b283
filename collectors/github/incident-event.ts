/** An issue with an incident's label becomes an incident. */
import { z } from "zod";
import type { Incident } from "#metrics/events.ts";
import { At, nothing } from "./payload.ts";
import type { Place } from "./place.ts";

export const ISSUE = `fragment Issue on Issue {
  number url title body createdAt updatedAt closedAt stateReason
  labels(first: 100) { nodes { name } }
}`;

export const IssuePayload = z.object({
  number: z.number(),
  url: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  createdAt: At,
  updatedAt: At,
  closedAt: At.nullable(),
  stateReason: z.string().nullable(),
  /** GitHub allows 100 of them. */
  labels: z
    .object({ nodes: z.array(z.object({ name: z.string() })) })
    .nullable()
    .transform((labels) => labels ?? nothing()),
});
export type IssuePayload = z.infer<typeof IssuePayload>;

/** Lines of their own in the text of an issue. */
const DEPLOYMENT = /^[ \t]*Deployment:[ \t]*(\S+)[ \t\r]*$/im;
const CAUSED_BY = /^[ \t]*Caused by:[ \t]*(\S+)[ \t\r]*$/im;

export function incidentEvent({ identity }: Place, issue: IssuePayload): Incident {
  const { number, url, title, body, createdAt, closedAt, stateReason, labels } = issue;
  return {
    kind: "incident",
    ...identity,
    id: String(number),
    number,
    url,
    title,
    labels: labels.nodes.map(({ name }) => name),
    openedAt: createdAt,
    resolvedAt: closedAt,
    falseAlarm: closedAt !== null && stateReason?.toUpperCase() === "NOT_PLANNED",
    deployment: DEPLOYMENT.exec(body ?? "")?.[1] ?? null,
    causedBy: CAUSED_BY.exec(body ?? "")?.[1]?.toLowerCase() ?? null,
  };
}
