import { isMerged } from "./changes.ts";
import type { ChangeMetric } from "../metric.ts";

export const unreviewedShare: ChangeMetric = {
  id: "unreviewed-share",
  title: "Merged without review",
  of: "change",
  clock: "mergedAt",
  bots: "left-out",
  definition:
    "Share of the changes merged in the window that no person other than the author had reviewed by then; on GitLab, neither approved nor commented on. Changes by bots are left out.",
  source: "https://dora.dev/capabilities/streamlining-change-approval/",
  differs:
    "A category with a count of its own: tools that count such a change as reviewed in 0 hours make review look faster the less of it there is.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "neither",
  version: 1,
  counts: "change",
  needs: "changes",

  observe: (fact) => (isMerged(fact) ? { at: fact.mergedAt, value: fact.firstReviewAt === null ? 1 : 0 } : null),
};
