import type { ChangeMetric } from "../metric.ts";
import { isMerged } from "./changes.ts";

export const cycleTime: ChangeMetric = {
  id: "cycle-time",
  title: "Cycle time",
  of: "change",
  clock: "mergedAt",
  bots: "left-out",
  definition:
    "Median time from a change's first commit (the smallest author date) to its merge, over the changes merged in the window. Changes by bots are left out.",
  source: "https://dora.dev/guides/value-stream-management/",
  differs:
    "Others call the time to production, or from a ticket's start to its end, by the same name. This one ends at the merge, so it tells how a team works whatever happens to be deployed when.",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",

  observe: (fact, { hours }) =>
    isMerged(fact) ? { at: fact.mergedAt, value: hours(fact.firstCommitAt, fact.mergedAt) } : null,
};
