import type { DeploymentMetric } from "../metric.ts";
import type { Instant } from "../time.ts";

export const outsideHoursShare: DeploymentMetric = {
  id: "outside-hours-share",
  title: "Outside working hours",
  of: "deployment",
  definition:
    "Share of the production deployments that were rolled out outside the working hours of the team that owned the service then, or that failed and were back outside them. Evenings, weekends and holidays are outside; hours and holidays are those of the configuration. Counted in the window of the deployment.",
  source: "https://dora.dev/capabilities/well-being/",
  differs:
    "A guardrail beside speed: faster must not mean at night. It tells of services, never of people, and a deployment that a schedule starts at night counts although nobody is awake for it. Where releases stand in for deployments, their dates count.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "deployment",
  needs: "hours",
  bots: null,

  observe: ({ deployedAt, tier, recoveredAt }, { isWorking }) =>
    deployedAt === null || tier !== "production"
      ? null
      : { at: deployedAt, value: outside([deployedAt, ...(recoveredAt === null ? [] : [recoveredAt])], isWorking) },
};

/** 1 if any of some instants is, 0 if none; unknown while the hours of one are and no other is. */
function outside(instants: readonly Instant[], isWorking: (at: Instant) => boolean | null): number | null {
  const known = instants.map(isWorking);
  if (known.includes(false)) return 1;
  return known.includes(null) ? null : 0;
}
