import type { AttemptMetric } from "../metric.ts";
import { DAY } from "../time.ts";

/** An approval may take days; what is not over after a week hangs. */
const HANGS = 7 * DAY;

export const unsuccessfulAttempts: AttemptMetric = {
  id: "unsuccessful-attempts",
  title: "Deployment attempts without success",
  of: "attempt",
  definition:
    "Share of the attempts to deploy to production, by when they were made, that never succeeded: failed, cancelled, or not over after 7 × 24 h. Younger ones that are not over are left out until it is known.",
  source: "https://dora.dev/capabilities/deployment-automation/",
  differs:
    "No part of the change fail rate, which is about deployments that reached production: tools that count red pipelines as failures mix the two. Releases, tags and merges have no attempts.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "attempt",
  needs: "attempts",
  bots: null,

  observe: ({ createdAt, deployedAt, tier, route, status }, { reaches }) => {
    if (tier !== "production" || route === "release" || route === "tag" || route === "merge") return null;
    if (deployedAt !== null) return { at: createdAt, value: 0 };
    return { at: createdAt, value: status !== "running" || reaches(createdAt + HANGS) ? 1 : null };
  },
};
