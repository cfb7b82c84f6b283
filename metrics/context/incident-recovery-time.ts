import { lasting } from "../lasting.ts";
import type { IncidentMetric } from "../metric.ts";

export const incidentRecoveryTime: IncidentMetric = {
  id: "incident-recovery-time",
  title: "Incident recovery time",
  of: "incident",
  definition:
    "Median time from the start of an incident to its end, over all incidents that began in the window, whether or not a deployment caused them. One that is open counts as lasting at least so long (Kaplan–Meier); false alarms are no incidents.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "What others call mean time to restore, as a median. DORA's metric is the failed deployment recovery time, which starts at the deployment and leaves out what no deployment caused.",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 2,
  counts: "incident",
  needs: "incidents",
  bots: null,

  observe: ({ openedAt, resolvedAt, falseAlarm }, view) =>
    falseAlarm ? null : lasting(openedAt, openedAt, resolvedAt, view),
};
