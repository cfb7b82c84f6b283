import { describe, expect, it } from "vitest";
import type { Change } from "#metrics/events.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import { HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aHosted, aLine, aReview, factsOf } from "#test/support/builders.ts";

const line = aLine(
  aCommit("a", { authoredAt: HOUR }),
  aCommit("squash", { authoredAt: 4 * HOUR, changeNumber: 1 }),
  aCommit("undo", { authoredAt: 6 * HOUR, reverts: [{ changeNumber: 1, path: null }] }),
);
const deployments = [aDeployment("d1", "squash", 9 * HOUR)];
const commits = [
  { sha: "topic-2", authoredAt: 3 * HOUR },
  { sha: "topic-1", authoredAt: 2 * HOUR },
];

const factOf = (change: Change): Partial<ChangeFact> =>
  factsOf(aHosted(line, { deployments, changes: [change] })).changes[0] ?? {};

describe("a change that its host tells of", () => {
  it("says everything a reader of the export is promised", () => {
    const change = aChange(1, {
      url: "https://acme.example/1",
      title: "Make it faster",
      authorKind: "agent",
      requestedAt: HOUR,
      openedAt: 3 * HOUR,
      mergedAt: 5 * HOUR,
      mergeCommit: "squash",
      commits,
      reviews: [aReview(3.5 * HOUR, { kind: "comment" }), aReview(4 * HOUR, { kind: "approval" })],
      additions: 10,
      deletions: 4,
      labels: ["fast", "Checkout"],
      truncated: true,
    });

    expect(factOf(change)).toEqual({
      source: "git:shop",
      repository: "acme/shop",
      service: "shop",
      id: "1",
      number: 1,
      url: "https://acme.example/1",
      title: "Make it faster",
      authorKind: "agent",
      requestedAt: HOUR,
      openedAt: 3 * HOUR,
      readyAt: 3 * HOUR,
      firstCommitAt: 2 * HOUR,
      firstReviewAt: 4 * HOUR,
      firstResponseAt: 3.5 * HOUR,
      firstApprovalAt: 4 * HOUR,
      mergedAt: 5 * HOUR,
      closedAt: 5 * HOUR,
      mergeCommit: "squash",
      isIntegrated: true,
      deployedAt: 9 * HOUR,
      deploymentId: "d1",
      isBeforeRecord: false,
      leadTimeHours: 7,
      codingHours: 1,
      pickupHours: 1,
      reviewHours: 1,
      deployHours: 4,
      additions: 10,
      deletions: 4,
      labels: ["fast", "Checkout"],
      revertedBy: "undo",
      truncated: true,
      workType: null,
      reviewRounds: 1,
      isByTrain: null,
    } satisfies ChangeFact);
  });

  it.each([
    ["before it was merged", 5 * HOUR, 5 * HOUR],
    ["when it was merged already", 5 * HOUR + 1, null],
  ])("is asked for by an issue that was opened %s: %d → %d", (_, requestedAt, expected) => {
    const change = aChange(1, { openedAt: 3 * HOUR, mergedAt: 5 * HOUR, mergeCommit: "squash", requestedAt });

    expect(factOf(change).requestedAt).toBe(expected);
  });

  it.each([
    ["until it was ready, where it was a draft", 4 * HOUR, 2, 1],
    ["until it was opened, where it never was ready", null, 1, 2],
  ])("was coded on %s", (_, readyAt, codingHours, pickupHours) => {
    const reviews = [aReview(5 * HOUR)];
    const change = aChange(1, {
      openedAt: 3 * HOUR,
      readyAt,
      mergedAt: 6 * HOUR,
      mergeCommit: "squash",
      commits,
      reviews,
    });

    expect(factOf(change)).toMatchObject({ codingHours, pickupHours, reviewHours: 1, deployHours: 3 });
  });

  it("is asked for by its issue, whenever that was opened, while it is open", () => {
    const change = aChange(1, { openedAt: 3 * HOUR, requestedAt: 4 * HOUR });

    expect(factOf(change)).toMatchObject({ closedAt: null, requestedAt: 4 * HOUR });
  });

  it("that was closed and is not merged is a row without a merge commit and without a deployment", () => {
    expect(factOf(aChange(1, { closedAt: 5 * HOUR, mergeCommit: "squash" }))).toMatchObject({
      mergedAt: null,
      closedAt: 5 * HOUR,
      mergeCommit: null,
      isIntegrated: false,
      deploymentId: null,
      leadTimeHours: null,
    });
  });

  it("that was closed, reopened and merged is merged", () => {
    const change = aChange(1, { reopenedAt: [4 * HOUR], mergedAt: 5 * HOUR, mergeCommit: "squash", commits });

    expect(factOf(change)).toMatchObject({ isIntegrated: true, deploymentId: "d1", leadTimeHours: 7 });
  });

  it("that was merged elsewhere is no change of the default branch, also where that branch holds its commit", () => {
    const change = aChange(1, { targetBranch: "release-2", mergedAt: 5 * HOUR, mergeCommit: "squash", commits });

    expect(factOf(change)).toMatchObject({
      isIntegrated: false,
      mergedAt: 5 * HOUR,
      deploymentId: null,
      leadTimeHours: null,
      deployHours: null,
      revertedBy: null,
    });
    expect(factsOf(aHosted(line, { deployments, changes: [change] })).deployments[0]?.changes).toBe(0);
  });

  it("whose merge commit is lost is merged and matched to nothing", () => {
    expect(factOf(aChange(1, { mergedAt: 5 * HOUR, mergeCommit: "gone" }))).toMatchObject({
      isIntegrated: true,
      deploymentId: null,
      isBeforeRecord: false,
    });
  });

  it("stands for those that the history names: each change is there once", () => {
    const change = aChange(1, { mergedAt: 5 * HOUR, mergeCommit: "squash" });

    expect(factsOf(aHosted(line, { deployments, changes: [change] })).changes.map(({ id }) => id)).toEqual(["1"]);
    expect(factsOf(aHosted(line, { deployments })).changes.map(({ id }) => id)).toEqual(["#1"]);
  });
});

describe("a change that only a git history names", () => {
  it("says what its commit tells, and nothing that only a host could know", () => {
    expect(factsOf(aHosted(line, { deployments })).changes).toEqual([
      {
        source: "git:shop",
        repository: "acme/shop",
        service: "shop",
        id: "#1",
        number: 1,
        url: null,
        title: "Make squash",
        authorKind: "human",
        requestedAt: null,
        openedAt: null,
        readyAt: null,
        firstCommitAt: 4 * HOUR,
        firstReviewAt: null,
        firstResponseAt: null,
        firstApprovalAt: null,
        mergedAt: 4 * HOUR,
        closedAt: 4 * HOUR,
        mergeCommit: "squash",
        isIntegrated: true,
        deployedAt: 9 * HOUR,
        deploymentId: "d1",
        isBeforeRecord: false,
        leadTimeHours: 5,
        codingHours: null,
        pickupHours: null,
        reviewHours: null,
        deployHours: 5,
        additions: null,
        deletions: null,
        labels: null,
        revertedBy: "undo",
        truncated: false,
        workType: null,
        reviewRounds: null,
        isByTrain: null,
      } satisfies ChangeFact,
    ]);
  });
});
