import type { ChangeMetric } from "../metric.ts";
import { isMerged } from "./changes.ts";

export const changeSize: ChangeMetric = {
  id: "change-size",
  title: "Batch size in lines",
  of: "change",
  clock: "mergedAt",
  bots: "left-out",
  definition:
    "Median number of lines added and removed by a change, as its host counts them, over the changes merged in the window. Changes by bots are left out.",
  source: "https://dora.dev/capabilities/working-in-small-batches/",
  differs:
    "Generated files and moved code count as their host counts them. It measures what a reviewer gets at once, and never what a person has done.",
  factor: "context",
  statistic: "median",
  unit: "lines",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",

  observe: (fact) => {
    if (!isMerged(fact)) return null;
    const { additions, deletions } = fact;
    return { at: fact.mergedAt, value: additions === null || deletions === null ? null : additions + deletions };
  },
};
