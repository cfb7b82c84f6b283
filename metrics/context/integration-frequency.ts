import type { CommitMetric } from "../metric.ts";

export const integrationFrequency: CommitMetric = {
  id: "integration-frequency",
  title: "Integration frequency",
  of: "commit",
  clock: "committedAt",
  bots: "kept",
  definition:
    "Steps of the default branch's first-parent line, by committer date: each is one integration (a merge, a squash or a direct push). It is no deployment.",
  source: "https://dora.dev/capabilities/trunk-based-development/",
  differs:
    "Counting all commits would count the steps inside a branch. A fast-forward brings its commits one by one, so they count one by one.",
  factor: "context",
  statistic: "count",
  unit: "commits",
  better: "higher",
  version: 1,
  counts: "integration",
  needs: null,

  observe: ({ committedAt, integrated }) =>
    committedAt === null || integrated === null ? null : { at: committedAt, value: 1 },
};
