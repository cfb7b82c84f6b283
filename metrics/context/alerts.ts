import type { AlertMetric } from "../metric.ts";

const shared = {
  of: "alert",
  source: "https://dora.dev/capabilities/pervasive-security/",
  factor: "context",
  version: 1,
  needs: "alerts",
  bots: null,
} as const;

export const alertRemediationTime: AlertMetric = {
  ...shared,
  id: "alert-remediation-time",
  title: "Alert remediation time",
  clock: "fixedAt",
  definition:
    "Median time from when a code-scanning, dependency or secret alert was opened to when it was fixed, over the alerts fixed in the window. Open ones are not in it, however old they are: the data quality says how many are fixed by now. Dismissed ones are no fix.",
  differs:
    "Tools that take the age of open alerts measure the backlog, and those that count a dismissal as a fix reward dismissing. Clearing an old backlog makes this number rise in the window in which that is done.",
  statistic: "median",
  unit: "hours",
  better: "lower",
  counts: "remediation",

  observe: ({ openedAt, fixedAt }, { hours }) =>
    fixedAt === null ? null : { at: fixedAt, value: hours(openedAt, fixedAt) },
};

export const alertsOpened: AlertMetric = {
  ...shared,
  id: "alerts-opened",
  title: "Alerts opened",
  clock: "openedAt",
  definition:
    "Code-scanning, dependency and secret alerts by when they were opened, whatever became of them. Counted from the first alert that is known: before it, nobody may have looked.",
  differs:
    "A new scanner or a new rule opens many at once and makes nothing less safe: fewer alerts are not better by themselves.",
  statistic: "count",
  unit: "alerts",
  better: "neither",
  counts: "alert",

  observe: ({ openedAt }) => ({ at: openedAt, value: 1 }),
};
