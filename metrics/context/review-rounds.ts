import type { ChangeMetric } from "../metric.ts";
import { isMerged } from "./changes.ts";

const shared = {
  of: "change",
  clock: "mergedAt",
  bots: "left-out",
  source: "https://dora.dev/capabilities/working-in-small-batches/",
  factor: "context",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",
} as const;

const WHAT_ROUNDS_ARE =
  "A round is one or more reviews by people other than the author; another begins when somebody reviews it again after more commits.";

export const reviewRounds: ChangeMetric = {
  ...shared,
  id: "review-rounds",
  title: "Review rounds",
  definition: `Median number of rounds of review over the reviewed changes merged in the window. ${WHAT_ROUNDS_ARE} Changes by bots are left out.`,
  differs:
    "Tools that count requests for changes miss those made in a comment, and GitLab has none to count. Commits count by their author date, which an amended or rebased one keeps: there may have been more rounds, never fewer.",
  statistic: "median",
  unit: "rounds",

  observe: (fact) =>
    isMerged(fact) && fact.firstReviewAt !== null ? { at: fact.mergedAt, value: fact.reviewRounds } : null,
};

export const secondRoundShare: ChangeMetric = {
  ...shared,
  id: "second-round-share",
  title: "Reviewed again",
  definition: `Share of the reviewed changes merged in the window that took more than one round of review. ${WHAT_ROUNDS_ARE} Changes by bots are left out.`,
  differs:
    "Of reviewed changes only: those without review are a category of their own. No second round is not always good, and the share says nothing of what was found.",
  statistic: "rate",
  unit: "share",
  better: "neither",

  observe: (fact) => {
    if (!isMerged(fact) || fact.firstReviewAt === null) return null;
    return { at: fact.mergedAt, value: fact.reviewRounds === null ? null : fact.reviewRounds > 1 ? 1 : 0 };
  },
};
