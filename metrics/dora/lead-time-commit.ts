import type { CommitMetric } from "../metric.ts";

export const leadTimeCommit: CommitMetric = {
  id: "lead-time-commit",
  title: "Change lead time (commit clock, per commit)",
  of: "commit",
  clock: "deployedAt",
  bots: "kept",
  definition:
    "Median time from the author date of a commit to the first production deployment that contains it, over the non-merge commits of the default branch that reached production in the window. A commit counts once per service.",
  source: "https://dora.dev/guides/dora-metrics/",
  differs:
    "The reading that every git history has, direct pushes included; where a host tells of changes, the reading per change stands beside it. DORA's clock starts when a change is committed to version control; an author date may be earlier (a rebase keeps it). GitLab's clock starts at the merge, so its lead times leave out coding and review.",
  factor: "throughput",
  statistic: "median",
  unit: "hours",
  better: "lower",
  version: 1,
  counts: "commit",
  needs: null,

  observe: ({ authoredAt, deployedAt, isMerge, onDefaultBranch }, { hours }) =>
    deployedAt === null || isMerge || !onDefaultBranch
      ? null
      : { at: deployedAt, value: hours(authoredAt, deployedAt) },
};
