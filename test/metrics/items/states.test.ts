import { describe, expect, it } from "vitest";
import type { ChangeState } from "#metrics/items/states.ts";
import {
  CHANGE_STATES,
  changeAge,
  changeState,
  deploymentState,
  incidentState,
  ONGOING,
  OPEN,
} from "#metrics/items/states.ts";
import { HOUR } from "#metrics/time.ts";
import { aChangeFact, aDeploymentFact, anIncidentFact } from "#test/support/builders.ts";

describe("a change", () => {
  const open = aChangeFact({ mergedAt: null, closedAt: null, firstReviewAt: null });

  it("is a draft, then waits for its review, then is in review", () => {
    expect(changeState({ ...open, readyAt: null }, true)).toBe("coding");
    expect(changeState(open, true)).toBe("pickup");
    expect(changeState({ ...open, firstReviewAt: HOUR }, true)).toBe("review");
  });

  it("in review is no draft, even where its host does not say when it became ready", () => {
    expect(changeState({ ...open, readyAt: null, firstReviewAt: HOUR }, true)).toBe("review");
  });

  it("without a merge is closed, whatever else was known of it", () => {
    expect(changeState({ ...open, firstReviewAt: HOUR, closedAt: 2 * HOUR }, true)).toBe("closed");
  });

  it("waits for a deployment only where it was merged to the default branch and anything is deployed", () => {
    expect(changeState(aChangeFact(), true)).toBe("waiting");
    expect(changeState(aChangeFact(), false)).toBe("merged");
    expect(changeState(aChangeFact({ isIntegrated: false }), true)).toBe("merged");
  });

  it("is deployed once its deployment is known, and deployed before the record where only that is", () => {
    expect(changeState(aChangeFact({ deployedAt: HOUR, isBeforeRecord: false }), true)).toBe("deployed");
    expect(changeState(aChangeFact({ isBeforeRecord: true }), true)).toBe("before-record");
  });

  it("that is not over is as old as its opening, or its merge where it waits for a deployment", () => {
    const change = aChangeFact({ openedAt: HOUR, mergedAt: 4 * HOUR });

    expect(changeAge(change, "coding", 10 * HOUR)).toBe(9);
    expect(changeAge(change, "pickup", 10 * HOUR)).toBe(9);
    expect(changeAge(change, "review", 10 * HOUR)).toBe(9);
    expect(changeAge(change, "waiting", 10 * HOUR)).toBe(6);
  });

  it("that is over has no age", () => {
    const over: readonly ChangeState[] = ["deployed", "before-record", "merged", "closed"];

    expect(over.map((state) => changeAge(aChangeFact(), state, HOUR))).toEqual([null, null, null, null]);
  });

  it("that is open is not over, and neither is one that waits for a deployment", () => {
    expect(new Set(ONGOING)).toEqual(new Set([...OPEN, "waiting"]));
    expect(CHANGE_STATES.filter((state) => !ONGOING.includes(state))).toHaveLength(4);
  });
});

describe("a deployment", () => {
  it("counts where it is one to production that got there", () => {
    expect(deploymentState(aDeploymentFact())).toBe("good");
    expect(deploymentState(aDeploymentFact({ tier: "other", failedBy: ["revert"] }))).toBe("elsewhere");
    expect(deploymentState(aDeploymentFact({ deployedAt: null }))).toBe("attempt");
  });

  it("is a repair when it rolled back or was rework, and failed before all when it failed", () => {
    expect(deploymentState(aDeploymentFact({ isRollback: true }))).toBe("repair");
    expect(deploymentState(aDeploymentFact({ isRework: true }))).toBe("repair");
    expect(deploymentState(aDeploymentFact({ isRework: true, failedBy: ["incident"] }))).toBe("failed");
  });
});

describe("an incident", () => {
  it("is open until it is over, and then linked to its deployment or not", () => {
    expect(incidentState(anIncidentFact({ deploymentId: "v1" }))).toBe("open");
    expect(incidentState(anIncidentFact({ resolvedAt: HOUR, deploymentId: "v1" }))).toBe("linked");
    expect(incidentState(anIncidentFact({ resolvedAt: HOUR }))).toBe("unlinked");
  });

  it("that was a false alarm is one, whether or not it is over", () => {
    expect(incidentState(anIncidentFact({ falseAlarm: true }))).toBe("false-alarm");
    expect(incidentState(anIncidentFact({ falseAlarm: true, resolvedAt: HOUR, deploymentId: "v1" }))).toBe(
      "false-alarm",
    );
  });
});
