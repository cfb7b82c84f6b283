import type { CommitMetric } from "../metric.ts";

export const directPushShare: CommitMetric = {
  id: "direct-push-share",
  title: "Direct pushes",
  of: "commit",
  clock: "committedAt",
  bots: "kept",
  definition:
    "Share of the steps of the default branch's first-parent line, by committer date, that belong to no change: pushed past review. Steps of a fast-forward or a rebase belong to the change they came with.",
  source: "https://dora.dev/capabilities/trunk-based-development/",
  differs:
    "Only a host knows what came through a change: a commit message that names none proves nothing. Pairing and pushing to trunk is a practice, not a fault.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "neither",
  version: 1,
  counts: "integration",
  needs: "changes",

  observe: ({ committedAt, isDirect }) =>
    committedAt === null || isDirect === null ? null : { at: committedAt, value: isDirect ? 1 : 0 },
};
