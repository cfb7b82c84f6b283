import { describe, expect, it } from "vitest";
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type {
  ChangeMetric,
  CommitMetric,
  DeploymentMetric,
  Metric,
  Observation,
  PipelineMetric,
} from "#metrics/metric.ts";
import { alertRemediationTime, alertsOpened } from "#metrics/context/alerts.ts";
import { batchSizeChanges, batchSizeCommits } from "#metrics/context/batch-size.ts";
import { changeSize } from "#metrics/context/change-size.ts";
import { cycleTime } from "#metrics/context/cycle-time.ts";
import { directPushShare } from "#metrics/context/direct-push-share.ts";
import { firstDeploymentTime } from "#metrics/context/first-deployment-time.ts";
import { flowEfficiency } from "#metrics/context/flow-efficiency.ts";
import { incidentRecoveryTime } from "#metrics/context/incident-recovery-time.ts";
import { integrationFrequency } from "#metrics/context/integration-frequency.ts";
import { outsideHoursShare } from "#metrics/context/outside-hours-share.ts";
import { patchSoonShare } from "#metrics/context/patch-soon-share.ts";
import {
  approvalWait,
  pipelineDuration,
  pipelineFlakiness,
  pipelineQueueTime,
  pipelineSuccessRate,
  timeToGreen,
} from "#metrics/context/pipelines.ts";
import { revertShare } from "#metrics/context/revert-share.ts";
import { stageCoding, stageDeploy, stagePickup, stageReview } from "#metrics/context/stages.ts";
import { timeBetweenDeployments } from "#metrics/context/time-between-deployments.ts";
import { unreviewedShare } from "#metrics/context/unreviewed-share.ts";
import { unsuccessfulAttempts } from "#metrics/context/unsuccessful-attempts.ts";
import { changeFailRate } from "#metrics/dora/change-fail-rate.ts";
import { deploymentFrequency } from "#metrics/dora/deployment-frequency.ts";
import { leadTimeChange, leadTimeMerge, leadTimeProposal, leadTimeRequest } from "#metrics/dora/lead-time-change.ts";
import { leadTimeCommit } from "#metrics/dora/lead-time-commit.ts";
import { recoveryTime } from "#metrics/dora/recovery-time.ts";
import { reworkRate } from "#metrics/dora/rework-rate.ts";
import { DEFAULT_LENS, elapsed, inTime, looksAt, through, viewOf } from "#metrics/lens.ts";
import { metrics } from "#metrics/index.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { inTurn, UNKNOWN_HOURS, workingTime } from "#metrics/working-time.ts";
import {
  aChangeFact,
  aCommitFact,
  aDeploymentFact,
  anAlertFact,
  anIncidentFact,
  aRunFact,
} from "#test/support/builders.ts";

const LATER = 1000 * DAY;
const AT = 50 * DAY;

function ofDeployment({ observe }: DeploymentMetric, has: Partial<DeploymentFact>, until = LATER): Observation | null {
  return observe(aDeploymentFact({ deployedAt: AT, ...has }), elapsed(until));
}

function ofCommit({ observe }: CommitMetric, has: Partial<CommitFact>): Observation | null {
  return observe(aCommitFact({ committedAt: 7, authoredAt: AT - 3 * HOUR, deployedAt: AT, ...has }), elapsed(LATER));
}

const ofDeployments = metrics.filter((metric) => metric.of === "deployment");
const ofAnyOne = ofDeployments.filter((metric) => metric !== firstDeploymentTime);

/** A deployment that every metric of deployments observes. */
const eventful: Partial<DeploymentFact> = {
  deployedAt: AT,
  previousDeployedAt: 0,
  failedBy: ["revert"],
  recoveredAt: AT,
  isFeatureRelease: true,
  isTrain: true,
};

describe("every metric of deployments", () => {
  it.each(ofAnyOne.map((metric) => [metric.id, metric] as const))("%s counts it when it was deployed", (_, metric) => {
    expect(ofDeployment(metric, eventful)?.at).toBe(AT);
    expect(ofDeployment(metric, { ...eventful, deployedAt: 0 })?.at).toBe(0);
  });

  it.each(ofDeployments.map((metric) => [metric.id, metric] as const))(
    "%s leaves out what never reached production",
    (_, metric) => {
      expect(ofDeployment(metric, { ...eventful, deployedAt: null })).toBeNull();
      expect(ofDeployment(metric, { ...eventful, tier: "other" })).toBeNull();
    },
  );
});

describe("deployment frequency", () => {
  it("counts each deployment once", () => {
    expect(ofDeployment(deploymentFrequency, {})).toEqual({ at: AT, value: 1 });
  });
});

describe("change fail rate", () => {
  it("counts a deployment that failed once, whatever the number of signals", () => {
    expect(ofDeployment(changeFailRate, { failedBy: ["incident", "rollback", "revert"] })).toEqual({
      at: AT,
      value: 1,
    });
    expect(ofDeployment(changeFailRate, { failedBy: [] })).toEqual({ at: AT, value: 0 });
  });
});

describe("the share outside working hours", () => {
  const office = [{ from: 9 * 60, to: 17 * 60 }];
  const time = workingTime({
    zone: "Europe/Berlin",
    week: [office, office, office, office, office, [], []],
    holidays: ["2026-12-25"],
  });
  const observed = (deployedAt: string, ...recovered: readonly string[]) => {
    const [recoveredAt = null] = recovered.map((text) => Date.parse(text));
    const fact = aDeploymentFact({ deployedAt: Date.parse(deployedAt), recoveredAt });
    return outsideHoursShare.observe(fact, elapsed(LATER, time))?.value;
  };

  it("counts evenings, weekends and holidays, in the zone of those who own the service", () => {
    expect(observed("2026-11-24T16:59:59+01:00")).toBe(0);
    expect(observed("2026-11-24T17:00:00+01:00")).toBe(1);
    expect(observed("2026-11-24T08:30:00Z")).toBe(0);
    expect(observed("2026-11-22T12:00:00+01:00")).toBe(1);
    expect(observed("2026-12-25T12:00:00+01:00")).toBe(1);
  });

  it("counts a deployment of the day that was repaired at night", () => {
    expect(observed("2026-11-24T16:00:00+01:00", "2026-11-24T16:30:00+01:00")).toBe(0);
    expect(observed("2026-11-24T16:00:00+01:00", "2026-11-24T22:00:00+01:00")).toBe(1);
    expect(observed("2026-11-24T20:00:00+01:00", "2026-11-25T10:00:00+01:00")).toBe(1);
  });

  it("is unknown where nobody said the hours, and where the next owner did not", () => {
    const handover = Date.parse("2026-11-25T00:00:00+01:00");
    const turns = inTurn([
      { from: -Infinity, to: handover, time },
      { from: handover, to: Infinity, time: UNKNOWN_HOURS },
    ]);
    const at = (deployedAt: number) =>
      outsideHoursShare.observe(aDeploymentFact({ deployedAt, recoveredAt: handover + HOUR }), elapsed(LATER, turns))
        ?.value;

    expect(ofDeployment(outsideHoursShare, {})).toEqual({ at: AT, value: null });
    expect(at(handover - 10 * HOUR)).toBeNull();
    expect(at(handover - HOUR)).toBe(1);
  });
});

describe("rework rate", () => {
  it("counts the deployments made to repair", () => {
    expect(ofDeployment(reworkRate, { isRework: true })).toEqual({ at: AT, value: 1 });
    expect(ofDeployment(reworkRate, { isRework: false })).toEqual({ at: AT, value: 0 });
  });
});

describe("recovery time", () => {
  it("is measured from the failed deployment, in its window", () => {
    expect(ofDeployment(recoveryTime, { failedBy: ["revert"], recoveredAt: AT + 5 * HOUR })).toEqual({
      at: AT,
      value: 5,
    });
    expect(ofDeployment(recoveryTime, { failedBy: ["revert"], recoveredAt: AT })).toEqual({ at: AT, value: 0 });
  });

  it("lasts at least until now while it is open, and is not known where a clock was wrong", () => {
    expect(ofDeployment(recoveryTime, { failedBy: ["incident"], recoveredAt: null }, AT + 9 * HOUR)).toEqual({
      at: AT,
      value: null,
      openFor: 9,
    });
    expect(ofDeployment(recoveryTime, { failedBy: ["incident"], recoveredAt: null }, AT - 1)).toEqual({
      at: AT,
      value: null,
    });
    expect(ofDeployment(recoveryTime, { failedBy: ["incident"], recoveredAt: AT - 1 })).toEqual({
      at: AT,
      value: null,
    });
  });

  it("is not of deployments that did not fail", () => {
    expect(ofDeployment(recoveryTime, { failedBy: [], recoveredAt: null })).toBeNull();
  });
});

describe("time between deployments", () => {
  it("counts in the window of the later one", () => {
    expect(ofDeployment(timeBetweenDeployments, { previousDeployedAt: AT - 36 * HOUR })).toEqual({ at: AT, value: 36 });
    expect(ofDeployment(timeBetweenDeployments, { previousDeployedAt: AT })).toEqual({ at: AT, value: 0 });
  });

  it("has nothing to say of the first deployment", () => {
    expect(ofDeployment(timeBetweenDeployments, { previousDeployedAt: null })).toBeNull();
  });
});

describe("batch size", () => {
  it("is what a deployment carried first, also when that is nothing", () => {
    expect(ofDeployment(batchSizeCommits, { commits: 12, changes: 3 })).toEqual({ at: AT, value: 12 });
    expect(ofDeployment(batchSizeChanges, { commits: 12, changes: 3 })).toEqual({ at: AT, value: 3 });
    expect(ofDeployment(batchSizeCommits, { commits: 0 })).toEqual({ at: AT, value: 0 });
  });

  it("is not known where nobody knows the commit", () => {
    expect(ofDeployment(batchSizeCommits, { commits: null })).toEqual({ at: AT, value: null });
    expect(ofDeployment(batchSizeChanges, { changes: null })).toEqual({ at: AT, value: null });
  });
});

describe("patched soon", () => {
  const WEEK = 7 * DAY;

  it.each([
    ["at the same instant", AT, LATER, 1],
    ["exactly seven days later", AT + WEEK, LATER, 1],
    ["a millisecond more than seven days later", AT + WEEK + 1, LATER, 0],
    ["never, a millisecond after its seven days", null, AT + WEEK + 1, 0],
    ["not by the end of its seven days, an instant at which a patch would still count", null, AT + WEEK, null],
    ["not yet", null, AT + 1, null],
    ["already, before its seven days are over", AT + HOUR, AT + 2 * HOUR, 1],
  ])("knows of a release patched %s", (_, patchedAt, until, value) => {
    expect(ofDeployment(patchSoonShare, { isFeatureRelease: true, patchedAt }, until)).toEqual({ at: AT, value });
  });

  it("is not of patches themselves", () => {
    expect(ofDeployment(patchSoonShare, { isFeatureRelease: false })).toBeNull();
  });
});

describe("lead time", () => {
  it("counts a commit in the window in which it was deployed", () => {
    expect(ofCommit(leadTimeCommit, {})).toEqual({ at: AT, value: 3 });
    expect(ofCommit(leadTimeCommit, { authoredAt: 0, deployedAt: 0 })).toEqual({ at: 0, value: 0 });
  });

  it("belongs here but is not known where a date is missing or runs backwards", () => {
    expect(ofCommit(leadTimeCommit, { authoredAt: null })).toEqual({ at: AT, value: null });
    expect(ofCommit(leadTimeCommit, { authoredAt: AT + 1 })).toEqual({ at: AT, value: null });
  });

  it.each<[string, Partial<CommitFact>]>([
    ["waits for a deployment", { deployedAt: null }],
    ["is a merge", { isMerge: true }],
    ["lies outside the default branch", { onDefaultBranch: false }],
  ])("is not of a commit that %s", (_, has) => {
    expect(ofCommit(leadTimeCommit, has)).toBeNull();
  });
});

describe("revert share", () => {
  it("counts by committer date, deployed or not", () => {
    expect(ofCommit(revertShare, { isRevert: true, deployedAt: null })).toEqual({ at: 7, value: 1 });
    expect(ofCommit(revertShare, { isRevert: false })).toEqual({ at: 7, value: 0 });
  });

  it.each<[string, Partial<CommitFact>]>([
    ["has no date", { committedAt: null }],
    ["is a merge", { isMerge: true }],
    ["lies outside the default branch", { onDefaultBranch: false }],
  ])("is not of a commit that %s", (_, has) => {
    expect(ofCommit(revertShare, has)).toBeNull();
  });
});

describe("integration frequency", () => {
  it("counts each step of the default branch by committer date, merges too", () => {
    expect(ofCommit(integrationFrequency, { isMerge: true })).toEqual({ at: 7, value: 1 });
  });

  it("is not of a commit within a branch, or without a date", () => {
    expect(ofCommit(integrationFrequency, { integrated: null })).toBeNull();
    expect(ofCommit(integrationFrequency, { committedAt: null })).toBeNull();
  });
});

describe("the list of metrics", () => {
  const every = metrics.map((metric) => [metric.id, metric] as const);
  const kebab = /^[a-z]+(-[a-z]+)*$/;

  it("has each id once, with DORA's five first", () => {
    const ids = metrics.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, 6)).toEqual([
      "deployment-frequency",
      "lead-time-change",
      "lead-time-commit",
      "recovery-time",
      "change-fail-rate",
      "rework-rate",
    ]);
  });

  it("gives context only after the factors", () => {
    expect(metrics.map(({ factor }) => factor === "context")).toEqual(metrics.map((_, index) => index >= 6));
  });

  it.each(every)("says of %s what it is, from where, and how others differ", (id, metric: Metric) => {
    expect(id).toMatch(kebab);
    expect(metric.definition).toMatch(/^[A-Z].*\.$/);
    expect(metric.differs).toMatch(/^[A-Z].*\.$/);
    expect(metric.source).toMatch(/^https:\/\//);
    expect(metric.title).toMatch(/^[A-Z]/);
    expect(metric.counts).not.toMatch(/s$/);
    expect(metric.version).toBeGreaterThan(0);
  });

  it.each([
    ["rate", ["share"]],
    ["count", ["deployments", "commits", "alerts"]],
    ["median", ["hours", "commits", "changes", "lines", "rounds", "share"]],
  ])("gives a %s a unit that fits", (statistic, units) => {
    for (const metric of metrics.filter((one) => one.statistic === statistic)) expect(units).toContain(metric.unit);
  });
});

describe("metrics of changes", () => {
  const delivered: Partial<ChangeFact> = {
    requestedAt: AT - 100 * HOUR,
    openedAt: AT - 20 * HOUR,
    readyAt: AT - 18 * HOUR,
    firstReviewAt: AT - 12 * HOUR,
    mergedAt: AT - 5 * HOUR,
    deployedAt: AT,
    firstCommitAt: AT - 30 * HOUR,
    deploymentId: "1",
    additions: 30,
    deletions: 12,
    isByTrain: true,
  };
  const observed = ({ observe }: ChangeMetric, has: Partial<ChangeFact> = {}) =>
    observe(aChangeFact({ ...delivered, ...has }), elapsed(LATER));
  const ofChanges = metrics.filter((metric) => metric.of === "change");
  const every = ofChanges.map((metric) => [metric.id, metric] as const);
  const byDeployment = every.filter(([, { clock }]) => clock === "deployedAt");
  const keeping = every.filter(([, { bots }]) => bots === "kept");
  const leavingOut = every.filter(([, { bots }]) => bots === "left-out");

  it.each<[ChangeMetric, number]>([
    [leadTimeChange, 30],
    [leadTimeProposal, 18],
    [leadTimeMerge, 5],
    [leadTimeRequest, 100],
    [cycleTime, 25],
    [stageCoding, 12],
    [stagePickup, 6],
    [stageReview, 7],
    [stageDeploy, 5],
    [unreviewedShare, 0],
    [changeSize, 42],
  ])("$id is its own span", (metric, value) => {
    expect(observed(metric)?.value).toBe(value);
  });

  it.each(every.filter(([, { unit }]) => unit === "hours"))("%s may be told in working time", (_, metric) => {
    const halves = Array.from({ length: 24 }, (_each, hour) => ({ from: hour * 60, to: hour * 60 + 30 }));
    const time = workingTime({ zone: "UTC", week: Array.from({ length: 7 }, () => halves), holidays: [] });
    const working = { ...DEFAULT_LENS, time: "working" as const };
    const fact = aChangeFact({ ...delivered, deployedAt: AT + DAY });

    expect(metric.observe(fact, viewOf(LATER, time, working))?.value).toBe(
      Number(metric.observe(fact, elapsed(LATER))?.value) / 2,
    );
    expect(metric.observe(fact, viewOf(LATER, UNKNOWN_HOURS, working))?.value).toBeNull();
    expect(inTime(metric, working).unit).toBe("working-hours");
    expect(inTime(metric, DEFAULT_LENS)).toBe(metric);
  });

  it("leaves what is no duration as it is in working time", () => {
    expect(inTime(unreviewedShare, { ...DEFAULT_LENS, time: "working" })).toBe(unreviewedShare);
  });

  it.each(every)("%s counts by its clock", (_, metric) => {
    expect(observed(metric)?.at).toBe(
      { deployedAt: AT, mergedAt: AT - 5 * HOUR, openedAt: AT - 20 * HOUR }[metric.clock],
    );
  });

  it.each(every)("%s is not of a change that a plain history only names", (_, metric) => {
    expect(observed(metric, { openedAt: null })).toBeNull();
  });

  it.each(every.filter(([, { clock }]) => clock !== "openedAt"))(
    "%s is not of a change that is not merged to the default branch",
    (_, metric) => {
      expect(observed(metric, { isIntegrated: false })).toBeNull();
      expect(observed(metric, { mergedAt: null })).toBeNull();
    },
  );

  it.each(keeping)("%s keeps what bots did", (_, metric) => {
    expect(looksAt(metric, "bot", DEFAULT_LENS)).toBe(true);
  });

  it.each(byDeployment)("%s waits for the deployment", (_, metric) => {
    expect(observed(metric, { deployedAt: null })).toBeNull();
  });

  it.each(leavingOut)("%s leaves out what bots propose, and keeps agents", (_, metric) => {
    expect(looksAt(metric, "bot", DEFAULT_LENS)).toBe(false);
    expect(looksAt(metric, "agent", DEFAULT_LENS)).toBe(true);
  });

  it.each(every)("%s takes bots in or leaves them out where it is asked to", (_, metric) => {
    expect(looksAt(metric, "bot", { ...DEFAULT_LENS, bots: "in" })).toBe(true);
    expect(looksAt(metric, "bot", { ...DEFAULT_LENS, bots: "out" })).toBe(false);
    expect(looksAt(metric, "human", { ...DEFAULT_LENS, bots: "out" })).toBe(true);
  });

  it("counts a change without review as that, and not as one that was picked up at once", () => {
    const unseen = { firstReviewAt: null };

    expect(observed(unreviewedShare, unseen)?.value).toBe(1);
    expect([observed(stagePickup, unseen), observed(stageReview, unseen)]).toEqual([null, null]);
  });

  it("does not know a span that runs backwards", () => {
    expect(observed(stagePickup, { readyAt: AT - 11 * HOUR })?.value).toBeNull();
    expect(observed(stageCoding, { firstCommitAt: AT })?.value).toBeNull();
    expect(observed(leadTimeProposal, { readyAt: AT + 1 })?.value).toBeNull();
  });

  it("starts the proposal at the opening of what is still a draft", () => {
    expect(observed(leadTimeProposal, { readyAt: null })?.value).toBe(20);
  });

  it("knows how long it waited for a deployment, or waits at least, and says nothing of what was deployed before the record", () => {
    const waiting = { deployedAt: null, deploymentId: null, deployHours: null };

    expect(observed(stageDeploy, waiting)).toEqual({
      at: AT - 5 * HOUR,
      value: null,
      openFor: (LATER - AT) / HOUR + 5,
    });
    expect(observed(stageDeploy, { ...waiting, isBeforeRecord: true })).toBeNull();
  });
});

describe("flow efficiency", () => {
  const of = (has: Partial<ChangeFact>) =>
    flowEfficiency.observe(
      aChangeFact({
        firstCommitAt: AT - 40 * HOUR,
        openedAt: AT - 30 * HOUR,
        readyAt: AT - 30 * HOUR,
        firstReviewAt: AT - 20 * HOUR,
        mergedAt: AT - 10 * HOUR,
        deployedAt: AT,
        ...has,
      }),
      elapsed(LATER),
    );

  it("is the share of its time that a change was coded or reviewed", () => {
    expect(of({})).toEqual({ at: AT, value: 0.5 });
    expect(
      of({ firstCommitAt: AT - 30 * HOUR, firstReviewAt: AT - 30 * HOUR, deployedAt: AT - 10 * HOUR })?.value,
    ).toBe(1);
  });

  it("is not known where a span is not, or runs backwards", () => {
    expect(of({ firstCommitAt: null })?.value).toBeNull();
    expect(of({ firstCommitAt: AT - 29 * HOUR })?.value).toBeNull();
    expect(of({ firstReviewAt: AT - 5 * HOUR })?.value).toBeNull();
  });

  it("is not of what nobody reviewed, or what is not in production", () => {
    expect(of({ firstReviewAt: null })).toBeNull();
    expect(of({ deployedAt: null })).toBeNull();
  });
});

describe("batch size in lines", () => {
  it("is not known where its host does not count them", () => {
    const of = (has: Partial<ChangeFact>) => changeSize.observe(aChangeFact({ mergedAt: AT, ...has }), elapsed(LATER));

    expect(of({ additions: 40, deletions: null })).toEqual({ at: AT, value: null });
    expect(of({ additions: 0, deletions: 0 })).toEqual({ at: AT, value: 0 });
  });
});

describe("direct pushes", () => {
  it("are the steps of the default branch that belong to no change", () => {
    expect(ofCommit(directPushShare, { isDirect: true })).toEqual({ at: 7, value: 1 });
    expect(ofCommit(directPushShare, { isDirect: false })).toEqual({ at: 7, value: 0 });
  });

  it("are not known of other commits, and not without a date", () => {
    expect(ofCommit(directPushShare, { isDirect: null })).toBeNull();
    expect(ofCommit(directPushShare, { isDirect: true, committedAt: null })).toBeNull();
  });
});

describe("attempts without success", () => {
  const WEEK = 7 * DAY;
  const attempt = (has: Partial<DeploymentFact>, until = LATER) =>
    unsuccessfulAttempts.observe(aDeploymentFact({ createdAt: AT, deployedAt: null, ...has }), elapsed(until));

  it.each<[string, Partial<DeploymentFact>, number, number | null]>([
    ["succeeded", { status: "success", deployedAt: AT + HOUR }, LATER, 0],
    ["failed", { status: "failure" }, LATER, 1],
    ["was cancelled", { status: "inactive" }, AT, 1],
    ["is not over", { status: "running" }, AT + WEEK, null],
    ["is not over after a week", { status: "running" }, AT + WEEK + 1, 1],
  ])("count one that %s by when it was made", (_, has, until, value) => {
    expect(attempt(has, until)).toEqual({ at: AT, value });
  });

  it("are of production, and never of releases", () => {
    expect(attempt({ tier: "other", status: "failure" })).toBeNull();
    expect(attempt({ route: "tag", deployedAt: AT })).toBeNull();
    expect(attempt({ route: "release", deployedAt: AT })).toBeNull();
    expect(attempt({ route: "push", status: "failure" })?.value).toBe(1);
  });
});

describe("incident recovery time", () => {
  const of = (has: Partial<IncidentFact>) =>
    incidentRecoveryTime.observe(anIncidentFact({ openedAt: AT, ...has }), elapsed(LATER));

  it("counts each incident when it began, whatever caused it; an open one lasts at least until now", () => {
    expect(of({ resolvedAt: AT + 4 * HOUR })).toEqual({ at: AT, value: 4 });
    expect(of({ resolvedAt: AT - 1 })).toEqual({ at: AT, value: null });
    expect(of({ resolvedAt: null })).toEqual({ at: AT, value: null, openFor: (LATER - AT) / HOUR });
  });

  it("of an open one is not known where what is open is dropped", () => {
    const open = { at: AT, value: null, openFor: 3 };

    expect(through(open, { ...DEFAULT_LENS, open: "dropped" })).toEqual({ at: AT, value: null });
    expect(through(open, DEFAULT_LENS)).toBe(open);
  });

  it("leaves out false alarms", () => {
    expect(of({ falseAlarm: true })).toBeNull();
  });
});

describe("the request clock", () => {
  const of = (has: Partial<ChangeFact>) =>
    leadTimeRequest.observe(aChangeFact({ deployedAt: AT, requestedAt: AT - 2 * HOUR, ...has }), elapsed(LATER));

  it("begins with the issue, and is not known of a change without one or with one that is younger", () => {
    expect(of({})).toEqual({ at: AT, value: 2 });
    expect(of({ requestedAt: null })).toEqual({ at: AT, value: null });
    expect(of({ requestedAt: AT + 1 })).toEqual({ at: AT, value: null });
  });
});

describe("alerts", () => {
  const fixed = (has: Partial<AlertFact>) => alertRemediationTime.observe(anAlertFact(has), elapsed(LATER));

  it("are remediated when they are fixed, and in no remediation time while they are open or when they were dismissed", () => {
    expect(fixed({ openedAt: AT - 30 * HOUR, fixedAt: AT })).toEqual({ at: AT, value: 30 });
    expect(fixed({ openedAt: AT + 1, fixedAt: AT })).toEqual({ at: AT, value: null });
    expect(fixed({})).toBeNull();
    expect(fixed({ dismissedAt: AT })).toBeNull();
  });

  it("count when they are opened, whatever becomes of them", () => {
    expect(alertsOpened.observe(anAlertFact({ openedAt: AT }), elapsed(LATER))).toEqual({ at: AT, value: 1 });
    expect(alertsOpened.observe(anAlertFact({ openedAt: AT, dismissedAt: LATER }), elapsed(LATER))).toEqual({
      at: AT,
      value: 1,
    });
  });
});

describe("runs of pipelines", () => {
  const ofRun = ({ observe }: PipelineMetric, has: Partial<PipelineFact>) =>
    observe(aRunFact({ createdAt: AT - 2 * HOUR, begunAt: AT - 2 * HOUR, finishedAt: AT, ...has }), elapsed(LATER));
  const byEnd = [pipelineDuration, pipelineQueueTime, pipelineSuccessRate, pipelineFlakiness] as const;

  it.each(byEnd.map((metric) => [metric.id, metric] as const))("%s counts them when they finished", (_, metric) => {
    expect(ofRun(metric, {})?.at).toBe(AT);
    expect(ofRun(metric, { finishedAt: null })).toBeNull();
  });

  it("took from when they were made, or tried again, to their end, if they succeeded on the default branch", () => {
    expect(ofRun(pipelineDuration, {})).toEqual({ at: AT, value: 2 });
    expect(ofRun(pipelineDuration, { attempts: 2, begunAt: AT - HOUR })).toEqual({ at: AT, value: 1 });
    expect(ofRun(pipelineDuration, { attempts: 2, begunAt: null })).toEqual({ at: AT, value: null });
    expect(ofRun(pipelineDuration, { outcome: "failure" })).toBeNull();
    expect(ofRun(pipelineDuration, { onDefaultBranch: false })).toBeNull();
  });

  it("queued until their first job began, on any branch, and unknown is not 0", () => {
    expect(ofRun(pipelineQueueTime, { startedAt: AT - HOUR, onDefaultBranch: false })).toEqual({ at: AT, value: 1 });
    expect(ofRun(pipelineQueueTime, { outcome: "failure", startedAt: AT })).toEqual({ at: AT, value: 2 });
    expect(ofRun(pipelineQueueTime, {})).toEqual({ at: AT, value: null });
    expect(ofRun(pipelineQueueTime, { attempts: 2, startedAt: AT })).toBeNull();
    expect(ofRun(pipelineQueueTime, { outcome: "cancelled", startedAt: AT })).toBeNull();
  });

  it("succeeded or failed on the default branch, and say nothing when they were cancelled or skipped", () => {
    expect(ofRun(pipelineSuccessRate, {})).toEqual({ at: AT, value: 1 });
    expect(ofRun(pipelineSuccessRate, { outcome: "failure" })).toEqual({ at: AT, value: 0 });
    expect(ofRun(pipelineSuccessRate, { outcome: "cancelled" })).toBeNull();
    expect(ofRun(pipelineSuccessRate, { outcome: "skipped" })).toBeNull();
    expect(ofRun(pipelineSuccessRate, { onDefaultBranch: false })).toBeNull();
  });

  it("are flaky or not where they have a verdict", () => {
    expect(ofRun(pipelineFlakiness, { isFlaky: true })).toEqual({ at: AT, value: 1 });
    expect(ofRun(pipelineFlakiness, { isFlaky: false })).toEqual({ at: AT, value: 0 });
    expect(ofRun(pipelineFlakiness, { isFlaky: null })).toBeNull();
  });

  it("waited inside if they paused, and else are in no waiting time", () => {
    const paused = { pausedAt: AT - 90 * MINUTE, resumedAt: AT - HOUR };

    expect(ofRun(approvalWait, paused)).toEqual({ at: AT, value: 0.5 });
    expect(ofRun(approvalWait, {})).toBeNull();
    expect(ofRun(approvalWait, { ...paused, finishedAt: null })).toBeNull();
  });

  it("broke the default branch until it was green, and for so long at least while it is not", () => {
    expect(ofRun(timeToGreen, { brokeAt: AT, greenAt: AT + 3 * HOUR })).toEqual({ at: AT, value: 3 });
    expect(ofRun(timeToGreen, { brokeAt: LATER - 5 * HOUR })).toEqual({
      at: LATER - 5 * HOUR,
      value: null,
      openFor: 5,
    });
    expect(ofRun(timeToGreen, {})).toBeNull();
  });
});
