import type { CommitMetric, DeploymentMetric } from "../metric.ts";

const shared = {
  of: "deployment",
  source: "https://dora.dev/capabilities/working-in-small-batches/",
  factor: "context",
  statistic: "median",
  better: "lower",
  version: 1,
  counts: "deployment",
  needs: null,
  bots: null,
} as const;

export const batchSizeCommits: DeploymentMetric = {
  ...shared,
  id: "batch-size-commits",
  title: "Batch size in commits",
  definition:
    "Median number of non-merge commits that a production deployment was the first to carry, on whatever branch they lie. Of a deployment whose commit is not known it is not known.",
  version: 2,
  differs: "Counted from the commit graph, not from the text of release notes.",
  unit: "commits",

  observe: ({ deployedAt, tier, commits }) =>
    deployedAt === null || tier !== "production" ? null : { at: deployedAt, value: commits },
};

export const batchSizeChanges: DeploymentMetric = {
  ...shared,
  id: "batch-size-changes",
  title: "Batch size in changes",
  definition:
    "Median number of changes (pull or merge requests merged to the default branch) that a production deployment was the first to carry. In a plain git history only those that a merge or squash commit names are seen. Of a deployment whose commit is not known it is not known.",
  version: 2,
  differs: "Direct pushes are no changes: where a team pushes to its default branch, read the batch size in commits.",
  unit: "changes",

  observe: ({ deployedAt, tier, changes }) =>
    deployedAt === null || tier !== "production" ? null : { at: deployedAt, value: changes },
};

export const integrationSize: CommitMetric = {
  ...shared,
  of: "commit",
  clock: "committedAt",
  bots: "kept",
  id: "integration-size",
  title: "Batch size of integrations",
  definition:
    "Median number of non-merge commits that a step of the default branch's first-parent line brought in, by committer date. It needs no releases.",
  differs: "A squash brings one commit whatever its size: where a team squashes, read the batch size in changes.",
  unit: "commits",
  counts: "integration",
  needs: null,

  observe: ({ committedAt, integrated }) =>
    committedAt === null || integrated === null ? null : { at: committedAt, value: integrated },
};
