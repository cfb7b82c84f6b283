import type { IncidentMetric } from "../metric.ts";

export const incidentRecoveryTime: IncidentMetric = {
  id: "incident-recovery-time",
  title: "Incident recovery time",
  of: "incident",
  definition:
    "Median time from the start of an incident to its end, over all incidents that began in the window, whether or not a deployment caused them. Open ones are not known yet; false alarms are no incidents.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "What others call mean time to restore, as a median. DORA's metric is the failed deployment recovery time, which starts at the deployment and leaves out what no deployment caused.",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "incident",
  needs: "incidents",

  observe: ({ openedAt, falseAlarm, recoveryHours }) => (falseAlarm ? null : { at: openedAt, value: recoveryHours }),
};
