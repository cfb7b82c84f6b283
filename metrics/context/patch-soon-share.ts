import type { DeploymentMetric } from "../metric.ts";
import { DAY } from "../time.ts";

const SOON = 7 * DAY;

export const patchSoonShare: DeploymentMetric = {
  id: "patch-soon-share",
  title: "Patched soon after release",
  of: "deployment",
  definition:
    "Share of releases x.y.0 followed within 7 × 24 h by the first patch x.y.z of the same package. Releases younger than that and not yet patched are left out until it is known.",
  source: "https://semver.org/",
  differs:
    "Headway's own signal for histories without incidents: a quick patch often, not always, repairs the release before it. It is not part of the change fail rate.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "release x.y.0",
  needs: "releases",
  bots: null,

  observe: ({ deployedAt, tier, isFeatureRelease, patchedAt }, { reaches }) => {
    if (deployedAt === null || tier !== "production" || !isFeatureRelease) return null;
    const soon = patchedAt !== null && patchedAt >= deployedAt && patchedAt - deployedAt <= SOON;
    if (soon) return { at: deployedAt, value: 1 };
    return { at: deployedAt, value: reaches(deployedAt + SOON) ? 0 : null };
  },
};
