/** Release trains: production deployments that leave at fixed dates, and what waits for them. */
import type { ChangeMetric, DeploymentMetric } from "../metric.ts";
import { isDelivered } from "./changes.ts";

const shared = {
  source: "https://dora.dev/capabilities/working-in-small-batches/",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "neither",
  version: 1,
} as const;

export const releaseTrainShare: DeploymentMetric = {
  ...shared,
  id: "release-train-share",
  title: "Deployments by timetable",
  of: "deployment",
  definition:
    "Share of the production deployments in the window that left by a timetable (a release train): it and the four before it in its environment came at gaps of at least two days, each within a fifth of the middle one (or half a day). Rollbacks and repairs are left out, and so are the first four, before which no timetable is known.",
  differs:
    "No peer measures it, and the rule is ours. It sees that deployments are regular, not why: whoever happens to deploy every Tuesday has a train, too.",
  counts: "deployment",
  needs: null,
  bots: null,

  observe: ({ deployedAt, tier, isTrain }) =>
    deployedAt === null || tier !== "production" || isTrain === null
      ? null
      : { at: deployedAt, value: isTrain ? 1 : 0 },
};

export const trainChangeShare: ChangeMetric = {
  ...shared,
  id: "train-change-share",
  title: "Changes that waited for a release train",
  of: "change",
  clock: "deployedAt",
  definition:
    "Share of the changes deployed in the window whose deployment left by a timetable (see Deployments by timetable): whatever happened to them after their merge, they waited for a date. How much of the time between merge and deployment that was stands beside it.",
  differs:
    "Ours; tools show the wait for a deployment and do not say for what. A change whose deployment has no timetable yet is left out.",
  counts: "change",
  needs: "changes",
  bots: "kept",

  observe: (fact) =>
    isDelivered(fact) && fact.isByTrain !== null ? { at: fact.deployedAt, value: fact.isByTrain ? 1 : 0 } : null,
};
