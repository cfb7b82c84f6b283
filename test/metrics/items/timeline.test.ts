import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeState } from "#metrics/items/states.ts";
import type { Timeline } from "#metrics/items/timeline.ts";
import { changeTimeline, deploymentTimeline, incidentTimeline } from "#metrics/items/timeline.ts";
import { HOUR } from "#metrics/time.ts";
import { aChangeFact, aDeploymentFact, anIncidentFact, instants } from "#test/support/builders.ts";

/** Each moment with its hour, as it is told. */
const told = ({ moments }: Timeline): readonly string[] =>
  moments.map(({ at, what, note }) => [at / HOUR, what, ...[note].filter((text) => text !== null)].join(" | "));

/** Each stage with its hours, and whether it goes on. */
const lasted = ({ stages }: Timeline): readonly string[] =>
  stages.map(({ title, hours, isOpen }) => `${title}: ${hours} h${["", ", open"][Number(isOpen)]}`);

describe("the timeline of a change", () => {
  const change = aChangeFact({
    requestedAt: 0,
    firstCommitAt: HOUR,
    openedAt: 3 * HOUR,
    readyAt: 4 * HOUR,
    firstResponseAt: 5 * HOUR,
    firstReviewAt: 7 * HOUR,
    firstApprovalAt: 8 * HOUR,
    mergedAt: 9 * HOUR,
    closedAt: 9 * HOUR,
    deployedAt: 14 * HOUR,
    deploymentId: "v1",
  });

  it("tells all that is known, in the order of time", () => {
    expect(told(changeTimeline(change, "deployed", 20 * HOUR))).toEqual([
      "0 | Asked for | The first of the issues that it closes was opened.",
      "1 | First commit | The smallest author date of its commits.",
      "3 | Opened",
      "4 | Ready for review",
      "5 | First response | A comment counts too.",
      "7 | First review",
      "8 | First approval",
      "9 | Merged",
      "14 | Deployed | First contained in v1.",
    ]);
  });

  it("has the stages one after the other, from the first commit to the deployment", () => {
    expect(lasted(changeTimeline(change, "deployed", 20 * HOUR))).toEqual([
      "Coding: 3 h",
      "Waiting for review: 3 h",
      "In review: 2 h",
      "Waiting for deployment: 5 h",
    ]);
  });

  it("says once what happened at one moment: it was ready when it was opened, and its first response was its review", () => {
    const plain = { ...change, openedAt: 4 * HOUR, firstResponseAt: 7 * HOUR, deploymentId: null };

    const said = told(changeTimeline(plain, "deployed", 20 * HOUR));

    expect(said).toContain("4 | Opened");
    expect(said).toContain("14 | Deployed");
    expect(said.join()).not.toContain("Ready for review");
    expect(said.join()).not.toContain("First response");
  });

  it("that nobody reviewed goes from ready to its merge in one stage", () => {
    const unreviewed = { ...change, firstReviewAt: null, firstResponseAt: null, firstApprovalAt: null };

    expect(lasted(changeTimeline(unreviewed, "deployed", 20 * HOUR))).toEqual([
      "Coding: 3 h",
      "Until the merge, without a review: 5 h",
      "Waiting for deployment: 5 h",
    ]);
  });

  it("was closed without a merge where it was not merged", () => {
    const closed = { ...change, mergedAt: null, deployedAt: null };

    expect(told(changeTimeline(closed, "closed", 20 * HOUR)).at(-1)).toBe("9 | Closed | Without a merge.");
    expect(lasted(changeTimeline(closed, "closed", 20 * HOUR))).toEqual(["Coding: 3 h", "Waiting for review: 3 h"]);
  });

  it("goes on in the stage in which it stands, until the facts end", () => {
    const waiting = { ...change, deployedAt: null };
    const inReview = { ...waiting, mergedAt: null, closedAt: null };
    const unread = { ...inReview, firstReviewAt: null };
    const draft = { ...unread, readyAt: null };

    expect(lasted(changeTimeline(waiting, changeState(waiting, true), 20 * HOUR)).at(-1)).toBe(
      "Waiting for deployment: 11 h, open",
    );
    expect(lasted(changeTimeline(inReview, changeState(inReview, true), 20 * HOUR)).at(-1)).toBe(
      "In review: 13 h, open",
    );
    expect(lasted(changeTimeline(unread, changeState(unread, true), 20 * HOUR)).at(-1)).toBe(
      "Waiting for review: 16 h, open",
    );
    expect(lasted(changeTimeline(draft, changeState(draft, true), 20 * HOUR))[0]).toBe("Coding: 19 h, open");
  });

  it("has no stage that ends before it begins, and one of no length where both ends are one moment", () => {
    const backwards = aChangeFact({ firstCommitAt: 2 * HOUR, readyAt: HOUR, firstReviewAt: HOUR, mergedAt: HOUR });

    expect(lasted(changeTimeline(backwards, "waiting", 3 * HOUR))).toEqual([
      "Waiting for review: 0 h",
      "In review: 0 h",
      "Waiting for deployment: 2 h, open",
    ]);
  });

  it("is in order, and its stages have no negative length, whatever is known", () => {
    const perhaps = fc.option(instants);
    const known = fc.record({
      requestedAt: perhaps,
      firstCommitAt: perhaps,
      openedAt: perhaps,
      readyAt: perhaps,
      firstResponseAt: perhaps,
      firstReviewAt: perhaps,
      firstApprovalAt: perhaps,
      mergedAt: perhaps,
      closedAt: perhaps,
      deployedAt: perhaps,
    });
    fc.assert(
      fc.property(known, (has) => {
        const fact = aChangeFact(has);
        const { moments, stages } = changeTimeline(fact, changeState(fact, true), 20 * HOUR);

        expect(moments.map(({ at }) => at)).toEqual(moments.map(({ at }) => at).toSorted((a, b) => a - b));
        expect(stages.filter(({ hours }) => hours < 0)).toEqual([]);
        expect(stages.map(({ hours }) => hours * HOUR)).toEqual(stages.map(({ from, to }) => to - from));
      }),
    );
  });
});

describe("the timeline of a deployment", () => {
  const nothing = { incidents: [], rollback: null, recovery: null };

  it("tells its roll-out, what failed, and by what it was back", () => {
    const fact = aDeploymentFact({
      createdAt: HOUR,
      deployedAt: 2 * HOUR,
      failedBy: ["incident", "rollback"],
      recoveredAt: 6 * HOUR,
      patchedAt: 7 * HOUR,
    });
    const timeline = deploymentTimeline(
      fact,
      {
        incidents: [anIncidentFact({ title: "Down", openedAt: 3 * HOUR, resolvedAt: 6 * HOUR })],
        rollback: aDeploymentFact({ id: "v0", deployedAt: 5 * HOUR }),
        recovery: aDeploymentFact({ id: "v0", deployedAt: 5 * HOUR }),
      },
      20 * HOUR,
    );

    expect(told(timeline)).toEqual([
      "1 | Made",
      "2 | In production",
      "3 | Incident began | Down",
      "5 | Rolled back | By v0.",
      "6 | Incident ended | Down",
      "6 | Recovered | By v0.",
      "7 | First patched",
    ]);
    expect(lasted(timeline)).toEqual(["Rolling out: 1 h", "Failed, until it was back: 4 h"]);
  });

  it("that has failed and is not back has been down until the facts end", () => {
    const fact = aDeploymentFact({ failedBy: ["incident"] });

    expect(lasted(deploymentTimeline(fact, nothing, 5 * HOUR))).toEqual(["Failed, until it was back: 5 h, open"]);
  });

  it("that has not failed never recovered, whatever is written of it", () => {
    const timeline = deploymentTimeline(aDeploymentFact({ recoveredAt: HOUR }), nothing, 5 * HOUR);

    expect(told(timeline)).toEqual(["0 | In production"]);
    expect(lasted(timeline)).toEqual([]);
  });

  it("says by nothing that it was back where nobody knows by what", () => {
    const fact = aDeploymentFact({ failedBy: ["manual"], recoveredAt: HOUR });

    expect(told(deploymentTimeline(fact, nothing, 5 * HOUR))).toEqual(["0 | In production", "1 | Recovered"]);
  });

  it("to another environment is said to be no production", () => {
    const fact = aDeploymentFact({ tier: "other", environment: "staging" });

    expect(told(deploymentTimeline(fact, nothing, HOUR))).toEqual(["0 | In staging | Not production."]);
  });
});

describe("the timeline of an incident", () => {
  it("begins with its deployment, where one is known", () => {
    const incident = anIncidentFact({ openedAt: 3 * HOUR, resolvedAt: 5 * HOUR, deploymentId: "v1" });
    const timeline = incidentTimeline(incident, aDeploymentFact({ deployedAt: HOUR }), 9 * HOUR);

    expect(told(timeline)).toEqual(["1 | Its deployment | v1", "3 | Began", "5 | Ended"]);
    expect(lasted(timeline)).toEqual(["From the deployment to the incident: 2 h", "Until it was over: 2 h"]);
  });

  it("that is not over lasts until the facts end", () => {
    const timeline = incidentTimeline(anIncidentFact({ openedAt: HOUR }), null, 4 * HOUR);

    expect(told(timeline)).toEqual(["1 | Began"]);
    expect(lasted(timeline)).toEqual(["Until it was over: 3 h, open"]);
  });

  it("that was a false alarm had nothing to be recovered", () => {
    const timeline = incidentTimeline(anIncidentFact({ resolvedAt: HOUR, falseAlarm: true }), null, 4 * HOUR);

    expect(told(timeline)).toEqual(["0 | Began", "1 | Ended | As a false alarm: nothing was to be recovered."]);
    expect(lasted(timeline)).toEqual([]);
  });
});
