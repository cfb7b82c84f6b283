/** What becomes of the changes that were opened in a window, whether or not it is over. */
import { endOf } from "../flow/work.ts";
import { lasting } from "../lasting.ts";
import type { ChangeMetric } from "../metric.ts";

const shared = {
  of: "change",
  clock: "openedAt",
  bots: "left-out",
  factor: "context",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",
} as const;

export const timeToFirstReview: ChangeMetric = {
  ...shared,
  id: "time-to-first-review",
  title: "Time to first review",
  definition:
    "Median time from when a change was ready for review to its first review by a person who is neither its author nor a bot nor deleted, over all changes opened in the window, for whatever branch. One that still waits, or was merged or closed without a review, counts as waiting at least until then (Kaplan–Meier). Drafts that were never ready and changes by bots are left out.",
  source: "https://dora.dev/capabilities/streamlining-change-approval/",
  differs:
    "Pickup is the same span over the reviewed changes merged in the window: it leaves out what nobody has looked at yet, so it looks shorter the more of it there is. Other tools drop what is open, or take it for reviewed.",

  observe: (fact, view) => {
    const { openedAt, firstReviewAt, mergedAt } = fact;
    const readyAt = fact.readyAt ?? (mergedAt === null ? null : openedAt);
    if (openedAt === null || readyAt === null) return null;
    return lasting(openedAt, readyAt, firstReviewAt, view, endOf(fact));
  },
};

export const timeToMerge: ChangeMetric = {
  ...shared,
  id: "time-to-merge",
  title: "Time to merge",
  source: "https://dora.dev/guides/value-stream-management/",
  definition:
    "Median time from when a change was opened to its merge, over all changes opened in the window, for whatever branch. An open one counts as taking at least so long, one closed without a merge as taking at least until it was closed (Kaplan–Meier). Changes by bots are left out.",
  differs:
    "GitLab takes the mean over the merge requests merged in the window and leaves out what is open, so that it looks fast while the slow ones pile up. What was closed is not dropped either: that would be to know at the opening what becomes of a change. It says how long a merge takes, not how likely it is.",

  observe: (fact, view) =>
    fact.openedAt === null ? null : lasting(fact.openedAt, fact.openedAt, fact.mergedAt, view, fact.closedAt),
};
