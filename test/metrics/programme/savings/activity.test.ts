import { describe, expect, it } from "vitest";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { teamWeeks } from "#metrics/programme/savings/activity.ts";
import { MINUTE } from "#metrics/time.ts";
import { workingTime } from "#metrics/working-time.ts";
import { anIncidentFact, aRunFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { activity, aDeployed, aHumanChange, until, weeks, weeksOf } from "./activities.ts";

/** From one team to another, and then to nobody. */
function handedOver(instant: number): string | null {
  if (instant < at("2026-03-10")) return "old";
  return instant < at("2026-03-20") ? "new" : null;
}

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

  it("has a failure that nobody recovered from for as long as is known, and what lies within another adds nothing", () => {
    const day = (hour: string) => at(`2026-03-27T${hour}`);
    const [week] = weeksOf({
      deployments: [
        aDeployed("2026-03-27T08:00", { id: "a", failedBy: ["incident"], recoveredAt: day("16:00") }),
        aDeployed("2026-03-27T10:00", { id: "b", failedBy: ["incident"], recoveredAt: day("12:00") }),
        aDeployed("2026-03-27T15:00", { id: "c", failedBy: ["incident"], recoveredAt: day("18:00") }),
        aDeployed("2026-03-29T20:00", { id: "d", failedBy: ["incident"], recoveredAt: null }),
      ],
    });

    expect(week?.recoveries).toEqual([8, 2, 4]);
  });

  it("has hours of failures in which somebody works, where it is known when that is", () => {
    const nineToFive = Array.from({ length: 5 }, () => [{ from: 9 * 60, to: 17 * 60 }]);
    const time = workingTime({ zone: "UTC", week: [...nineToFive, [], []], holidays: [] });
    const [week] = weeksOf({
      time,
      deployments: [aDeployed("2026-03-06T15:00", { failedBy: ["incident"], recoveredAt: at("2026-03-09T10:00") })],
    });

    expect(week?.recoveries).toEqual([3]);
  });

  it("counts deployments to production that succeeded, in whatever order they are told, and no others", () => {
    const [week] = weeksOf({
      deployments: [
        aDeployed("2026-03-04T12:00", { id: "late", failedBy: ["incident"], recoveredAt: at("2026-03-04T14:00") }),
        aDeployed("2026-03-03T12:00", { id: "early", failedBy: ["incident"], recoveredAt: at("2026-03-03T15:00") }),
        aDeployed("2026-03-05", { id: "failed", status: "failure", failedBy: ["incident"] }),
        aDeployed("2026-03-05", { id: "never", deployedAt: null, failedBy: ["incident"] }),
      ],
    });

    expect(week).toMatchObject({ deployments: 2, recoveries: [3, 2] });
  });

  it("has what of a failure is left where it began before the weeks, or while nobody had the service", () => {
    const [week] = weeksOf({
      deployments: [
        aDeployed("2026-03-01T20:00", { id: "a", failedBy: ["incident"], recoveredAt: at("2026-03-02T04:00") }),
        aDeployed("2026-03-02T02:00", { id: "b", failedBy: ["incident"], recoveredAt: at("2026-03-02T06:00") }),
      ],
    });

    expect(week?.recoveries).toEqual([2]);
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

  it("counts coming back only after more than an hour, and to a merge only after another round", () => {
    const ready = { openedAt: at("2026-03-03T05:00"), readyAt: at("2026-03-03T08:00") };
    const [week] = weeksOf({
      changes: [
        aHumanChange({ id: "1", ...ready, firstReviewAt: at("2026-03-03T09:00") }),
        aHumanChange({ id: "2", ...ready, mergedAt: at("2026-03-04T09:00"), reviewRounds: 1 }),
        aHumanChange({ id: "3", ...ready, mergedAt: at("2026-03-05T09:00"), reviewRounds: null }),
        aHumanChange({ id: "4", ...ready, mergedAt: null, reviewRounds: 4 }),
      ],
    });
    const [other] = weeksOf({ changes: [aHumanChange({ ...ready, firstReviewAt: at("2026-03-03T09:01") })] });

    expect(week?.returns).toBe(0);
    expect(other?.returns).toBe(1);
  });

  it("counts coming back to two services as two, and what is known of no team as nothing", () => {
    const waited = aHumanChange({ openedAt: at("2026-03-03T08:00"), firstReviewAt: at("2026-03-04T09:10") });
    const service = activity({ changes: [waited] });
    const found = teamWeeks([service, { ...service, service: "stock" }], weeks, "UTC", until);

    expect(found.map(({ returns }) => returns)).toEqual([2]);
    expect(weeksOf({ changes: [waited], teamAt: () => null })).toEqual([]);
    expect(weeksOf({ changes: [aHumanChange({ openedAt: null, firstReviewAt: at("2026-03-04") })] })).toEqual([]);
  });

  it("holds the mean of the logarithms of the lead times of what people's changes brought to production", () => {
    const delivered = (leadTimeHours: number | null, has: Parameters<typeof aHumanChange>[0] = {}) =>
      aHumanChange({ openedAt: null, deployedAt: at("2026-03-04"), leadTimeHours, ...has });
    const [week] = weeksOf({
      changes: [
        delivered(10),
        delivered(1000),
        delivered(0),
        delivered(-5),
        delivered(null),
        delivered(7, { deployedAt: null }),
        delivered(7, { deployedAt: at("2026-04-20") }),
        delivered(7, { authorKind: "bot" }),
      ],
    });

    expect(week?.changes).toBe(2);
    expect(week?.logLeadTime).toBeCloseTo(Math.log(100), 12);
  });

  it("counts every change and run of a service, however many there are", () => {
    const many = Array.from({ length: 450 }, (_, index) => `${index}`);
    const [week] = weeksOf({
      changes: many.map((id) => aHumanChange({ id, openedAt: null, deployedAt: at("2026-03-04"), leadTimeHours: 1 })),
      pipelines: many.map((id) =>
        aRunFact({ id, startedAt: at("2026-03-03T08:00"), finishedAt: at("2026-03-03T08:02") }),
      ),
    });

    expect(week).toMatchObject({ changes: 450, ciMinutes: { "": 900 } });
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

  it("has minutes job by job where a host tells their runners, whatever a runner is called", () => {
    const run = { startedAt: at("2026-03-03T08:00"), finishedAt: at("2026-03-03T10:00") };
    const [week] = weeksOf({
      pipelines: [
        aRunFact({
          id: "1",
          ...run,
          runnerMinutes: [
            { runner: "constructor", minutes: 30 },
            { runner: null, minutes: 5 },
          ],
        }),
        aRunFact({ id: "2", ...run, runnerMinutes: [{ runner: "constructor", minutes: 12 }] }),
        aRunFact({ id: "3", ...run, finishedAt: null }),
      ],
    });

    expect(week?.ciMinutes).toEqual({ constructor: 42, "": 5 });
    expect(weeksOf({ pipelines: [aRunFact(run)], teamAt: () => null })).toEqual([]);
  });

  it("is none of what ended outside of the weeks, which still says that runs and changes are told", () => {
    const late = { startedAt: at("2026-04-20T08:00"), finishedAt: at("2026-04-20T10:00") };
    const open = { openedAt: at("2026-04-19T08:00"), firstReviewAt: at("2026-04-20T08:00") };
    const incident = { openedAt: at("2026-04-20T08:00"), resolvedAt: at("2026-04-20T09:00"), falseAlarm: false };

    expect(weeksOf({ pipelines: [aRunFact(late)], incidents: [anIncidentFact(incident)] })).toEqual([]);
    expect(
      weeksOf({
        deployments: [aDeployed("2026-03-03"), aDeployed("2026-04-20", { failedBy: ["incident"] })],
        pipelines: [aRunFact({ ...late, runnerMinutes: [{ runner: "x", minutes: 1 }] })],
        changes: [aHumanChange(open)],
      }),
    ).toMatchObject([{ deployments: 1, recoveries: [], ciMinutes: {}, approvals: 0, returns: 0, work: null }]);
  });

  it("comes from its first to its last in which something was done, with weeks between in which nothing was", () => {
    const found = weeksOf({ deployments: [aDeployed("2026-03-10"), aDeployed("2026-03-24")] });

    expect(found.map(({ week, deployments }) => [week, deployments])).toEqual([
      ["2026-03-09", 1],
      ["2026-03-16", 0],
      ["2026-03-23", 1],
    ]);
  });

  it("has an approval for each pause on the default branch that took any time", () => {
    const run = { startedAt: at("2026-03-03T08:00"), finishedAt: at("2026-03-03T10:00") };
    const pause = { pausedAt: at("2026-03-03T08:10"), resumedAt: at("2026-03-03T09:50") };
    const approvalsOf = (...runs: Parameters<typeof aRunFact>[0][]) =>
      weeksOf({ pipelines: runs.map((one, index) => aRunFact({ id: `${index}`, ...run, ...one })) })[0]?.approvals;

    expect(approvalsOf(pause, pause)).toBe(2);
    expect(approvalsOf({ ...pause, startedAt: null, begunAt: run.startedAt })).toBe(1);
    expect(approvalsOf({})).toBe(0);
    expect(approvalsOf({ ...pause, onDefaultBranch: false })).toBe(0);
    expect(approvalsOf({ ...pause, resumedAt: null })).toBe(0);
    expect(approvalsOf({ ...pause, pausedAt: null })).toBe(0);
    expect(approvalsOf({ ...pause, resumedAt: pause.pausedAt })).toBe(0);
    expect(approvalsOf({ ...pause, startedAt: null, begunAt: null })).toBe(0);
    expect(approvalsOf({ ...pause, startedAt: at("2026-03-03T11:00") })).toBe(0);
  });

  it("has hours of an incident that is not over for as long as is known, and those of two at a time once", () => {
    const found = weeksOf({
      incidents: [
        anIncidentFact({ id: "c", openedAt: at("2026-03-29T20:00"), resolvedAt: null }),
        anIncidentFact({ id: "b", openedAt: at("2026-03-24T10:00"), resolvedAt: at("2026-03-24T16:00") }),
        anIncidentFact({ id: "a", openedAt: at("2026-03-24T08:00"), resolvedAt: at("2026-03-24T12:00") }),
        anIncidentFact({ id: "d", openedAt: at("2026-03-24T09:00"), resolvedAt: at("2026-03-24T10:00") }),
      ],
    });

    expect(found).toMatchObject([{ week: "2026-03-23", downtime: { shop: 4 + 4 + 4 } }]);
    expect(weeksOf({ incidents: [anIncidentFact({ openedAt: at("2026-03-24") })], teamAt: () => null })).toEqual([]);
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
    expect(weeksOf({ pipelines: [aRunFact({ finishedAt: at("2026-03-03") })] })[0]?.manualDeployments).toBeNull();
  });
});
