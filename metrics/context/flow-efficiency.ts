import type { ChangeMetric } from "../metric.ts";
import { isDelivered } from "./changes.ts";

export const flowEfficiency: ChangeMetric = {
  id: "flow-efficiency",
  title: "Flow efficiency (proxy)",
  of: "change",
  clock: "deployedAt",
  bots: "left-out",
  definition:
    "Median share of a change's time from its first commit to production that it spent in coding and review, and not waiting for a reviewer or a deployment, over the reviewed changes that reached production in the window. Changes by bots are left out.",
  source: "https://dora.dev/guides/value-stream-management/",
  differs:
    "A proxy: a host sees stages, not work. A night in the middle of a review counts as review, so the true share is lower. Tools that take the share of active ticket states measure how diligently states are set.",
  factor: "context",
  statistic: "median",
  unit: "share",
  better: "higher",
  version: 1,
  counts: "change",
  needs: "changes",

  observe: (fact, { hours }) => {
    if (!isDelivered(fact) || fact.firstReviewAt === null) return null;
    const [coding, review, whole] = [
      hours(fact.firstCommitAt, fact.readyAt ?? fact.openedAt),
      hours(fact.firstReviewAt, fact.mergedAt),
      hours(fact.firstCommitAt, fact.deployedAt),
    ];
    const isKnown = coding !== null && review !== null && whole !== null && whole > 0 && coding + review <= whole;
    return { at: fact.deployedAt, value: isKnown ? (coding + review) / whole : null };
  },
};
