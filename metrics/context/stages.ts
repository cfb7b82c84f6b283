import { lasting } from "../lasting.ts";
import { isMerged } from "./changes.ts";
import type { ChangeMetric } from "../metric.ts";

const shared = {
  of: "change",
  clock: "mergedAt",
  bots: "left-out",
  source: "https://dora.dev/guides/value-stream-management/",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",
} as const;

/** In their order: where one ends the next begins. */
export const STAGES = ["stage-coding", "stage-pickup", "stage-review", "stage-deploy"] as const;

export const stageCoding: ChangeMetric = {
  ...shared,
  id: "stage-coding",
  title: "Coding",
  definition:
    "Median time from a change's first commit (the smallest author date) to when it was ready for review, over the changes merged in the window. Changes by bots are left out.",
  differs:
    "A rebase keeps author dates, so a rebased branch keeps its coding time. Tools that take the committer date lose it. Work before the first commit is not seen.",

  observe: (fact, { hours }) =>
    isMerged(fact) ? { at: fact.mergedAt, value: hours(fact.firstCommitAt, fact.readyAt ?? fact.openedAt) } : null,
};

export const stagePickup: ChangeMetric = {
  ...shared,
  id: "stage-pickup",
  title: "Pickup",
  definition:
    "Median time from when a change was ready to its first review by a person who is neither its author nor a bot nor deleted, over the reviewed changes merged in the window. On GitLab, which has no reviews, the first approval or comment by such a person. Unreviewed changes have no pickup; changes by bots are left out.",
  differs: "Other tools take a bot's comment for a review, or count an unreviewed change as picked up in no time.",

  observe: (fact, { hours }) =>
    isMerged(fact) && fact.firstReviewAt !== null
      ? { at: fact.mergedAt, value: hours(fact.readyAt ?? fact.openedAt, fact.firstReviewAt) }
      : null,
};

export const stageReview: ChangeMetric = {
  ...shared,
  id: "stage-review",
  title: "Review",
  definition:
    "Median time from a change's first review to its merge, over the reviewed changes merged in the window. Changes by bots are left out.",
  differs: "Tools that start at the opening put the wait for a reviewer into the review.",

  observe: (fact, { hours }) =>
    isMerged(fact) && fact.firstReviewAt !== null
      ? { at: fact.mergedAt, value: hours(fact.firstReviewAt, fact.mergedAt) }
      : null,
};

export const stageDeploy: ChangeMetric = {
  ...shared,
  id: "stage-deploy",
  title: "Waiting for deployment",
  definition:
    "Median time from a change's merge to the first production deployment that contains it, over the changes merged in the window; one that is not deployed yet counts as waiting at least so long (Kaplan–Meier). Changes by bots are left out, and so are those deployed before the record of deployments begins.",
  differs:
    "The same span as the lead time by the merge clock, which counts it in the window of the deployment and bots' changes too; here it stands beside the other stages of the same changes.",

  version: 2,

  observe: (fact, view) => {
    if (!isMerged(fact) || fact.isBeforeRecord) return null;
    return lasting(fact.mergedAt, fact.mergedAt, fact.deployedAt, view);
  },
};
