import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { periods } from "#metrics/calendar.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { bucketOf, teamWeeks } from "#metrics/programme/savings/activity.ts";
import { MINUTE } from "#metrics/time.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import { aChangeFact, aDeploymentFact, anIncidentFact, aRunFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-30") }, "week", "UTC");
const until = at("2026-03-30");

function weeksOf(has: Partial<ServiceActivity>) {
  const service: ServiceActivity = {
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
  return teamWeeks([service], weeks, "UTC", until);
}

/** From one team to another, and then to nobody. */
function handedOver(instant: number): string | null {
  if (instant < at("2026-03-10")) return "old";
  return instant < at("2026-03-20") ? "new" : null;
}

function reworkIn([week]: ReturnType<typeof weeksOf>): number {
  return week?.work?.["unplanned-rework"] ?? Number.NaN;
}

const aHumanChange = (has: Parameters<typeof aChangeFact>[0]) =>
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

const aDeployed = (day: string, has: Parameters<typeof aDeploymentFact>[0] = {}) =>
  aDeploymentFact({
    id: day,
    tier: "production",
    status: "success",
    deployedAt: at(day),
    failedBy: [],
    recoveredAt: null,
    ...has,
  });

describe("a week of a team", () => {
  it("has the hours of each failure, and those of failures that overlap once", () => {
    const [week] = weeksOf({
      deployments: [
        aDeployed("2026-03-03T08:00", { failedBy: ["incident"], recoveredAt: at("2026-03-03T14:00") }),
        aDeployed("2026-03-03T12:00", { failedBy: ["rollback"], recoveredAt: at("2026-03-03T16:00") }),
        aDeployed("2026-03-04T08:00"),
        aDeployed("2026-03-05T08:00", { tier: "other", failedBy: ["incident"] }),
      ],
    });

    expect(week).toMatchObject({ team: "orders", week: "2026-03-02", deployments: 3, recoveries: [6, 2] });
  });

  it("is that of the team that owned the service then, and of nobody's service there is none", () => {
    const found = weeksOf({
      deployments: [aDeployed("2026-03-03T08:00"), aDeployed("2026-03-17T08:00"), aDeployed("2026-03-24T08:00")],
      teamAt: handedOver,
    });

    expect(found.map(({ team, week }) => [team, week])).toEqual([
      ["new", "2026-03-16"],
      ["old", "2026-03-02"],
    ]);
  });

  it("counts what came back after a wait once an hour and service, and nothing of bots", () => {
    const waited = { openedAt: at("2026-03-03T08:00"), firstReviewAt: at("2026-03-04T09:10") };
    const found = weeksOf({
      changes: [
        aHumanChange({ id: "1", ...waited }),
        aHumanChange({ id: "2", ...waited, firstReviewAt: at("2026-03-04T09:40") }),
        aHumanChange({ id: "3", openedAt: at("2026-03-05T08:00"), firstReviewAt: at("2026-03-05T08:30") }),
        aHumanChange({ id: "4", openedAt: at("2026-03-05T08:00"), mergedAt: at("2026-03-06T08:00"), reviewRounds: 3 }),
        aHumanChange({ id: "5", ...waited, firstReviewAt: at("2026-03-06T20:00"), authorKind: "bot" }),
      ],
    });

    expect(found[0]?.returns).toBe(2);
  });

  it("has minutes of pipelines without their pauses, and the pauses on the default branch", () => {
    const run = { startedAt: at("2026-03-03T08:00"), finishedAt: at("2026-03-03T10:00") };
    const pause = { pausedAt: at("2026-03-03T08:10"), resumedAt: at("2026-03-03T09:50") };
    const found = weeksOf({
      pipelines: [
        aRunFact({ id: "1", ...run, ...pause, onDefaultBranch: true }),
        aRunFact({ id: "2", ...run, pausedAt: null, resumedAt: null, onDefaultBranch: true }),
      ],
    });

    expect(found[0]).toMatchObject({ ciMinutes: { "": 20 + 120 }, approvals: 1 });
    expect((run.finishedAt - run.startedAt) / MINUTE).toBe(120);
  });

  it("has no minutes of a run that never began, or that its host lets end before it began", () => {
    const [week] = weeksOf({
      pipelines: [
        aRunFact({ id: "1", startedAt: at("2026-03-03T10:00"), finishedAt: at("2026-03-03T08:00") }),
        aRunFact({ id: "2", startedAt: null, begunAt: null, finishedAt: at("2026-03-03T09:00") }),
        aRunFact({ id: "3", startedAt: null, begunAt: at("2026-03-03T08:30"), finishedAt: at("2026-03-03T09:00") }),
      ],
    });

    expect(week?.ciMinutes).toEqual({ "": 30 });
  });

  it("has hours of incidents in the weeks in which they lasted, and none of false alarms", () => {
    const found = weeksOf({
      incidents: [
        anIncidentFact({ openedAt: at("2026-03-08T20:00"), resolvedAt: at("2026-03-09T02:00"), falseAlarm: false }),
        anIncidentFact({
          id: "2",
          openedAt: at("2026-03-04T20:00"),
          resolvedAt: at("2026-03-05T02:00"),
          falseAlarm: true,
        }),
      ],
    });

    expect(found.map(({ downtime }) => downtime)).toEqual([{ shop: 4 }, { shop: 2 }]);
  });

  it("does not know what no host tells", () => {
    const [week] = weeksOf({ deployments: [aDeployed("2026-03-03T08:00")] });

    expect(week).toMatchObject({
      approvals: null,
      returns: null,
      work: null,
      manualDeployments: null,
      logLeadTime: null,
    });
  });
});

describe("what a week went into", () => {
  it("is each day by its lines, over the days from the first commit until it was ready", () => {
    const [week] = weeksOf({
      changes: [
        aHumanChange({
          id: "1",
          workType: "feature",
          firstCommitAt: at("2026-03-02T09:00"),
          openedAt: at("2026-03-05T17:00"),
          additions: 400,
        }),
        aHumanChange({
          id: "2",
          workType: "fix",
          firstCommitAt: at("2026-03-05T09:00"),
          openedAt: at("2026-03-05T12:00"),
          additions: 300,
        }),
      ],
    });

    // Four days with 100 lines of the feature each, and on the fourth 300 of the fix.
    expect(week?.work).toEqual({
      "new-value": 3.25,
      "planned-maintenance": 0,
      "unplanned-rework": 0.75,
      "security-remediation": 0,
    });
  });

  it("does not change when a change is cut into pieces that were worked on at the same time", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }), (pieces) => {
        const span = {
          workType: "fix" as const,
          firstCommitAt: at("2026-03-03T09:00"),
          openedAt: at("2026-03-06T12:00"),
        };
        const other = aHumanChange({
          id: "other",
          workType: "feature",
          firstCommitAt: at("2026-03-02T09:00"),
          openedAt: at("2026-03-06T12:00"),
          additions: 700,
        });
        const all = pieces.reduce((total, lines) => total + lines, 0);
        const whole = weeksOf({ changes: [other, aHumanChange({ id: "whole", ...span, additions: all })] });
        const cut = weeksOf({
          changes: [
            other,
            ...pieces.map((lines, index) => aHumanChange({ id: `${index}`, ...span, additions: lines })),
          ],
        });

        expect(reworkIn(cut)).toBeCloseTo(reworkIn(whole), 9);
        expect(cut[0]?.returns).toBe(whole[0]?.returns);
      }),
    );
  });

  it("counts no weekend, and no more than ten days of a change that lay", () => {
    const found = weeksOf({
      changes: [
        aHumanChange({ workType: "feature", firstCommitAt: at("2026-03-01T09:00"), openedAt: at("2026-03-20T12:00") }),
      ],
    });

    expect(found.map(({ work }) => work?.["new-value"])).toEqual([4, 5]);
  });

  it("is read from what changes say of themselves", () => {
    const of = (workType: Parameters<typeof bucketOf>[0]["workType"], labels: readonly string[] | null = null) =>
      bucketOf({ workType, labels });

    expect([of("feature"), of(null), of("fix"), of("revert"), of("upkeep"), of("dependency")]).toEqual([
      "new-value",
      "new-value",
      "unplanned-rework",
      "unplanned-rework",
      "planned-maintenance",
      "planned-maintenance",
    ]);
    expect(of("dependency", ["Security"])).toBe("security-remediation");
  });
});

describe("deployments by hand", () => {
  const shipped = [
    aDeployed("2026-03-03", { id: "1", route: "deployment" }),
    aDeployed("2026-03-04", { id: "2", route: "deployment" }),
    aDeployed("2026-03-10", { id: "3", route: "job" }),
  ];
  const byHand = (deployers: ServiceActivity["deployers"]) =>
    weeksOf({ deployments: shipped, deployers }).map(({ manualDeployments }) => manualDeployments);

  it("are those that a person asked for, where it is told of all of a team's", () => {
    expect(byHand(new Map([["1", "human"] as const, ["2", "bot"] as const]))).toEqual([1, 0]);
  });

  it("are unknown where it is not told of one of them, and where nothing was deployed", () => {
    expect(byHand(new Map([["1", "human"] as const]))).toEqual([null, null]);
    expect(byHand(null)).toEqual([null, null]);
  });
});
