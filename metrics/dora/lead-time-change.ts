import type { ChangeMetric } from "../metric.ts";
import { isDelivered } from "../context/changes.ts";

const shared = {
  of: "change",
  clock: "deployedAt",
  bots: "kept",
  source: "https://dora.dev/guides/dora-metrics/",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",
} as const;

export const leadTimeChange: ChangeMetric = {
  ...shared,
  id: "lead-time-change",
  title: "Change lead time (commit clock, per change)",
  factor: "throughput",
  definition:
    "Median time from the smallest author date of a change's commits to the first production deployment that contains it, over the pull or merge requests that reached production in the window. A change counts once per service, bots' changes too.",
  differs:
    "The same clock as the commit clock, read per change: a change of ten commits counts once, and from its first one. Direct pushes belong to no change and are only in the reading per commit. GitLab's clock starts at the merge.",

  observe: (fact, { hours }) =>
    isDelivered(fact) ? { at: fact.deployedAt, value: hours(fact.firstCommitAt, fact.deployedAt) } : null,
};

export const leadTimeProposal: ChangeMetric = {
  ...shared,
  id: "lead-time-proposal",
  title: "Change lead time (proposal clock)",
  factor: "context",
  definition:
    "Median time from when a change was ready for review (opened, or no longer a draft) to the first production deployment that contains it, over the changes that reached production in the window.",
  differs:
    "DORA's clock starts at the commit. This one leaves out coding, so it does not depend on when people commit, and it cannot see work that nobody proposed.",

  observe: (fact, { hours }) =>
    isDelivered(fact) ? { at: fact.deployedAt, value: hours(fact.readyAt ?? fact.openedAt, fact.deployedAt) } : null,
};

export const leadTimeMerge: ChangeMetric = {
  ...shared,
  id: "lead-time-merge",
  title: "Change lead time (merge clock)",
  factor: "context",
  definition:
    "Median time from the merge of a change to the first production deployment that contains it, over the changes that reached production in the window.",
  differs:
    "GitLab calls this lead time for changes. It leaves out coding and review: a team that reviews for a week and deploys at once has almost none.",

  observe: (fact, { hours }) =>
    isDelivered(fact) ? { at: fact.deployedAt, value: hours(fact.mergedAt, fact.deployedAt) } : null,
};

export const leadTimeRequest: ChangeMetric = {
  ...shared,
  id: "lead-time-request",
  title: "Change lead time (request clock)",
  factor: "context",
  definition:
    "Median time from when the first issue that a change closes was opened to the first production deployment that contains the change, over the changes that reached production in the window. Only issues of the same host that are linked to the change are seen: the coverage is the share of the changes that have one.",
  differs:
    "DORA's clock starts at the commit. This one starts when somebody asked, so it contains the wait in the backlog; where the work that has an issue is not the usual work, it tells of that work only.",

  observe: (fact, { hours }) =>
    isDelivered(fact) ? { at: fact.deployedAt, value: hours(fact.requestedAt, fact.deployedAt) } : null,
};
