import type { Alert } from "#metrics/events.ts";
import type { AlertFact } from "#metrics/facts.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Selectable } from "kysely";
import type { FactTable } from "./fact-rows.ts";
import type { AlertFactTable } from "./schema.ts";

export const alertTable: FactTable<AlertFact, Selectable<AlertFactTable>> = {
  table: "alert_fact",
  key: ["service_id", "id"],
  columns: ["service_id", "id", "scan", "severity", "url", "title", "opened_at", "fixed_at", "dismissed_at"],
  lists: [
    ["opened_at", "alerts"],
    ["fixed_at", "fixedAlerts"],
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.scan,
    fact.severity,
    fact.url,
    fact.title,
    fact.openedAt,
    fact.fixedAt,
    fact.dismissedAt,
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    scan: scan(row.scan),
    severity: severity(row.severity),
    url: row.url,
    title: row.title,
    openedAt: row.opened_at,
    fixedAt: row.fixed_at,
    dismissedAt: row.dismissed_at,
    hoursToFix: hoursBetween(row.opened_at, row.fixed_at),
  }),
};

function scan(text: string): Alert["scan"] {
  return text === "dependency" || text === "secret" ? text : "code";
}

function severity(text: string | null): Alert["severity"] {
  return text === "critical" || text === "high" || text === "medium" || text === "low" ? text : null;
}
