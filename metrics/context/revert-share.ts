import type { CommitMetric } from "../metric.ts";

export const revertShare: CommitMetric = {
  id: "revert-share",
  title: "Revert share",
  of: "commit",
  clock: "committedAt",
  bots: "kept",
  definition:
    "Share of the default branch's non-merge commits, by committer date, that take back a commit or change found on that branch.",
  source: "https://git-scm.com/docs/git-revert",
  differs:
    "Counts what was taken back whether or not it had been released, so it also works without releases. Revert lines quoted from other repositories do not count.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "commit",
  needs: null,

  observe: ({ committedAt, isMerge, isRevert, onDefaultBranch }) =>
    committedAt === null || isMerge || !onDefaultBranch ? null : { at: committedAt, value: isRevert ? 1 : 0 },
};
