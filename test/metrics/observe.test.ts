import { describe, expect, it } from "vitest";
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { CommitMetric, DeploymentMetric, Metric, Observation } from "#metrics/metric.ts";
import { batchSizeChanges, batchSizeCommits } from "#metrics/context/batch-size.ts";
import { integrationFrequency } from "#metrics/context/integration-frequency.ts";
import { patchSoonShare } from "#metrics/context/patch-soon-share.ts";
import { revertShare } from "#metrics/context/revert-share.ts";
import { timeBetweenDeployments } from "#metrics/context/time-between-deployments.ts";
import { changeFailRate } from "#metrics/dora/change-fail-rate.ts";
import { deploymentFrequency } from "#metrics/dora/deployment-frequency.ts";
import { leadTimeCommit } from "#metrics/dora/lead-time-commit.ts";
import { recoveryTime } from "#metrics/dora/recovery-time.ts";
import { reworkRate } from "#metrics/dora/rework-rate.ts";
import { metrics } from "#metrics/index.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aCommitFact, aDeploymentFact } from "#test/support/builders.ts";

const LATER = 1000 * DAY;
const AT = 50 * DAY;

function ofDeployment({ observe }: DeploymentMetric, has: Partial<DeploymentFact>, until = LATER): Observation | null {
  return observe(aDeploymentFact({ deployedAt: AT, ...has }), until);
}

function ofCommit({ observe }: CommitMetric, has: Partial<CommitFact>): Observation | null {
  return observe(aCommitFact({ committedAt: 7, deployedAt: AT, leadTimeHours: 3, ...has }), LATER);
}

const ofDeployments = metrics.filter((metric) => metric.of === "deployment");

/** A deployment that every metric of deployments observes. */
const eventful: Partial<DeploymentFact> = {
  deployedAt: AT,
  previousDeployedAt: 0,
  failedBy: ["revert"],
  recoveredAt: AT,
  isFeatureRelease: true,
};

describe("every metric of deployments", () => {
  it.each(ofDeployments.map((metric) => [metric.id, metric] as const))(
    "%s counts it when it was deployed",
    (_, metric) => {
      expect(ofDeployment(metric, eventful)?.at).toBe(AT);
      expect(ofDeployment(metric, { ...eventful, deployedAt: 0 })?.at).toBe(0);
    },
  );

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

  it("belongs here but is not known while it is open, or where a clock was wrong", () => {
    expect(ofDeployment(recoveryTime, { failedBy: ["incident"], recoveredAt: null })).toEqual({ at: AT, value: null });
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
    expect(ofCommit(leadTimeCommit, { deployedAt: 0, leadTimeHours: 0 })).toEqual({ at: 0, value: 0 });
  });

  it("belongs here but is not known where a date is missing or runs backwards", () => {
    expect(ofCommit(leadTimeCommit, { leadTimeHours: null })).toEqual({ at: AT, value: null });
  });

  it.each<[string, Partial<CommitFact>]>([
    ["waits for a deployment", { deployedAt: null, leadTimeHours: null }],
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
    expect(ids.slice(0, 5)).toEqual([
      "deployment-frequency",
      "lead-time-commit",
      "recovery-time",
      "change-fail-rate",
      "rework-rate",
    ]);
  });

  it("gives context only after the factors", () => {
    expect(metrics.map(({ factor }) => factor === "context")).toEqual(metrics.map((_, index) => index >= 5));
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
    ["count", ["deployments", "commits"]],
    ["median", ["hours", "commits", "changes"]],
  ])("gives a %s a unit that fits", (statistic, units) => {
    for (const metric of metrics.filter((one) => one.statistic === statistic)) expect(units).toContain(metric.unit);
  });
});
