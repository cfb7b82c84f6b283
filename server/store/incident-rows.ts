import type { IncidentFact } from "#metrics/facts.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Selectable } from "kysely";
import type { FactTable } from "./fact-rows.ts";
import { flag } from "./fact-rows.ts";
import type { IncidentFactTable } from "./schema.ts";

export const incidentTable: FactTable<IncidentFact, Selectable<IncidentFactTable>> = {
  table: "incident_fact",
  key: ["service_id", "id"],
  columns: [
    "service_id",
    "id",
    "number",
    "url",
    "title",
    "opened_at",
    "resolved_at",
    "false_alarm",
    "linked_by",
    "deployment_id",
  ],
  lists: [["opened_at", "incidents"]],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.number,
    fact.url,
    fact.title,
    fact.openedAt,
    fact.resolvedAt,
    flag(fact.falseAlarm),
    fact.linkedBy,
    fact.deploymentId,
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    number: row.number,
    url: row.url,
    title: row.title,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
    falseAlarm: row.false_alarm === 1,
    linkedBy: linkedBy(row.linked_by),
    deploymentId: row.deployment_id,
    recoveryHours: row.false_alarm === 1 ? null : hoursBetween(row.opened_at, row.resolved_at),
  }),
};

function linkedBy(text: string): IncidentFact["linkedBy"] {
  return text === "id" || text === "sha" || text === "service-window" ? text : "none";
}
