import { describe, expect, it } from "vitest";
import { whyHere } from "#server/answers/why-here.ts";
import { aChangeFact, aDeploymentFact, aRunFact, theMetric } from "#test/support/builders.ts";

describe("a row whose value nobody knows says what its number lacks", () => {
  it.each([
    ["lead-time-request", "No issue is linked to it."],
    ["repair-share", "Nothing says what kind of work it is."],
    ["change-size", "Its host tells no size."],
    ["train-change-share", "It left by no timetable."],
    ["lead-time-change", ""],
  ])("of a change in %s", (id, words) => {
    expect(whyHere(theMetric(id), { kind: "change", fact: aChangeFact() }, null)).toBe(words);
  });

  it.each([
    ["patch-soon-share", "It is too early to judge it."],
    ["first-deployment-time", "Its history is cut off, or the record of deployments begins later."],
    ["outside-hours-share", "Nobody said when those work who owned the service then."],
    ["deployment-frequency", ""],
  ])("of a deployment in %s", (id, words) => {
    expect(whyHere(theMetric(id), { kind: "deployment", fact: aDeploymentFact() }, null)).toBe(words);
  });

  it("of a run in the queue time", () => {
    const fact = aRunFact({ startedAt: null });

    expect(whyHere(theMetric("pipeline-queue-time"), { kind: "pipeline", fact }, null)).toMatch(
      /^Its jobs were not read/,
    );
    expect(whyHere(theMetric("pipeline-duration"), { kind: "pipeline", fact }, null)).toBe("");
  });
});

describe("a row that counts says by what it does", () => {
  it.each([
    ["repair-share", "It says that it is a fix."],
    ["review-rounds", "2 rounds of review."],
    ["second-round-share", "2 rounds of review."],
    ["train-change-share", "It left by a timetable."],
    ["lead-time-request", ""],
    ["change-size", ""],
  ])("of a change in %s", (id, words) => {
    const fact = aChangeFact({
      workType: "fix",
      reviewRounds: 2,
      isByTrain: true,
      requestedAt: 0,
      additions: 1,
      deletions: 0,
    });

    expect(whyHere(theMetric(id), { kind: "change", fact }, 1)).toBe(words);
  });

  it.each([
    ["release-train-share", "It left by a timetable."],
    ["patch-soon-share", ""],
    ["first-deployment-time", ""],
    ["outside-hours-share", "Outside working hours."],
  ])("of a deployment in %s", (id, words) => {
    const fact = aDeploymentFact({ isTrain: true, beganAt: 0 });

    expect(whyHere(theMetric(id), { kind: "deployment", fact }, 1)).toBe(words);
  });

  it("of a commit, an incident and an alert is said by the words about them", () => {
    expect(whyHere(theMetric("lead-time-commit"), { kind: "commit" }, 1)).toBe("");
  });
});
