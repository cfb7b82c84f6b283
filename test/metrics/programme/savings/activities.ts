/** What happened in a service, and the weeks of teams that follow from it. */
import { periods } from "#metrics/calendar.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { teamWeeks } from "#metrics/programme/savings/activity.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import { aChangeFact, aDeploymentFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

export const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-30") }, "week", "UTC");
export const until = at("2026-03-30");

export function activity(has: Partial<ServiceActivity>): ServiceActivity {
  return {
    service: "shop",
    changes: [],
    deployments: [],
    incidents: [],
    pipelines: [],
    deployers: null,
    teamAt: () => "orders",
    time: UNKNOWN_HOURS,
    ...has,
  };
}

export function weeksOf(has: Partial<ServiceActivity>) {
  return teamWeeks([activity(has)], weeks, "UTC", until);
}

export const aHumanChange = (has: Parameters<typeof aChangeFact>[0]) =>
  aChangeFact({
    authorKind: "human",
    labels: [],
    additions: 10,
    deletions: 0,
    readyAt: null,
    firstReviewAt: null,
    mergedAt: null,
    deployedAt: null,
    leadTimeHours: null,
    reviewRounds: null,
    ...has,
  });

export const aDeployed = (day: string, has: Parameters<typeof aDeploymentFact>[0] = {}) =>
  aDeploymentFact({
    id: day,
    tier: "production",
    status: "success",
    deployedAt: at(day),
    failedBy: [],
    recoveredAt: null,
    ...has,
  });
