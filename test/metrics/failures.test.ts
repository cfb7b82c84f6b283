import { describe, expect, it } from "vitest";
import { derive } from "#metrics/derive.ts";
import type { Deployment, Incident } from "#metrics/events.ts";
import type { Override } from "#metrics/judgements.ts";
import { WHOLE } from "#metrics/rules.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aCommit, aDeployment, aHosted, aLine, anIncident, factsOf, usualRules } from "#test/support/builders.ts";

const T = 100 * DAY;
const line = aLine(
  aCommit("a", { authoredAt: T - 9 * HOUR }),
  aCommit("bad", { authoredAt: T - 8 * HOUR }),
  aCommit("undo", { authoredAt: T + HOUR, reverts: [{ sha: "bad" }] }),
  aCommit("next", { authoredAt: T + 2 * HOUR }),
);
const good = aDeployment("1", "a", T - HOUR);
const bad = aDeployment("2", "bad", T);
const back = aDeployment("3", "a", T + 5 * HOUR);
const reverting = aDeployment("4", "undo", T + 20 * HOUR);

const factsAfter = (deployments: readonly Deployment[], incidents: readonly Incident[] = []) =>
  factsOf(aHosted(line, { deployments, incidents })).deployments;
const ofBad = (deployments: readonly Deployment[], incidents: readonly Incident[] = []) => {
  const found = factsAfter(deployments, incidents).find(({ id }) => id === "2");
  return [found?.failedBy, found?.recoveredAt];
};
const blaming = (id: string, from: number, to: number | null, has: Partial<Incident> = {}) =>
  anIncident(id, T + from * HOUR, { resolvedAt: to === null ? null : T + to * HOUR, deployment: "2", ...has });

describe("a deployment that failed", () => {
  it("failed once, by each of its signals", () => {
    const all = [good, bad, back, reverting];

    expect(ofBad(all, [blaming("7", 1, 3)])).toEqual([["incident", "rollback", "revert"], T + 3 * HOUR]);
  });

  it("was back when its incidents were over, else with the rollback, else with the revert", () => {
    expect(ofBad([good, bad, back, reverting], [blaming("7", 1, 30)])).toEqual([
      ["incident", "rollback", "revert"],
      T + 30 * HOUR,
    ]);
    expect(ofBad([good, bad, back, reverting])).toEqual([["rollback", "revert"], T + 5 * HOUR]);
    expect(ofBad([good, bad, reverting])).toEqual([["revert"], T + 20 * HOUR]);
  });

  it("by several incidents failed once, and was back after the last of them", () => {
    const incidents = [blaming("7", 1, 9), blaming("8", 2, 4), blaming("9", 3, 5)];
    const [, found] = factsAfter([good, bad], incidents);

    expect(found).toMatchObject({ failedBy: ["incident"], incidents: ["7", "8", "9"], recoveredAt: T + 9 * HOUR });
  });

  it("is not back while one of its incidents is open, also after a rollback, in whatever order they are told", () => {
    const incidents = [blaming("7", 1, 3), blaming("8", 2, null), blaming("9", 3, 5)];

    expect(ofBad([good, bad, back], incidents)).toEqual([["incident", "rollback"], null]);
    expect(ofBad([good, bad, back], incidents.toReversed())).toEqual([["incident", "rollback"], null]);
  });

  it("is none after a false alarm, which keeps its link and has no hours", () => {
    const alarm = blaming("7", 1, 2, { falseAlarm: true });
    const facts = factsOf(aHosted(line, { deployments: [good, bad], incidents: [alarm] }));

    expect(facts.deployments[1]).toMatchObject({ failedBy: [], recoveredAt: null, incidents: ["7"] });
    expect(facts.incidents).toMatchObject([
      { linkedBy: "id", deploymentId: "2", falseAlarm: true, recoveryHours: null },
    ]);
  });

  it("beside a false alarm is back when its own incident is over", () => {
    const incidents = [blaming("7", 1, null, { falseAlarm: true }), blaming("8", 2, 4)];

    expect(ofBad([good, bad, back], incidents)).toEqual([["incident", "rollback"], T + 4 * HOUR]);
  });

  it("is none where what it carried was taken back before it was deployed, or after more than seven days", () => {
    const both = aDeployment("2", "undo", T + 2 * HOUR);
    const late = aDeployment("4", "undo", T + 7 * DAY + 1);

    expect(ofBad([good, both])).toEqual([[], null]);
    expect(ofBad([good, bad, late])).toEqual([[], null]);
    expect(ofBad([good, bad, aDeployment("4", "undo", T + 7 * DAY)])).toEqual([["revert"], T + 7 * DAY]);
  });

  it("is not one that never reached production", () => {
    const attempt = aDeployment("2", "bad", T, { statuses: [{ outcome: "failure", at: T }] });

    expect(ofBad([good, attempt, reverting], [blaming("7", 1, 2)])).toEqual([[], null]);
  });
});

describe("a deployment made to repair", () => {
  const rework = (...deployments: readonly Deployment[]) =>
    factsAfter(deployments).flatMap(({ id, isRework }) => (isRework ? [id] : []));

  it("is a rollback, the first to carry a revert, or says which version it fixes", () => {
    expect(rework(good, bad, back)).toEqual(["3"]);
    expect(rework(good, bad, reverting, aDeployment("5", "next", T + DAY))).toEqual(["4"]);
    expect(rework(good, bad, aDeployment("5", "next", T + HOUR, { fixesVersion: "2" }))).toEqual(["5"]);
    expect(rework(good, aDeployment("2", "bad", T, { fixesVersion: "1" }))).toEqual(["2"]);
  });

  it("is none that carries a revert again", () => {
    expect(rework(good, bad, reverting, aDeployment("5", "undo", T + DAY))).toEqual(["4"]);
  });
});

describe("what a person says of a deployment", () => {
  const judgedFacts = (
    overrides: readonly Override[],
    deployments: readonly Deployment[] = [good, bad, back],
    incidents: readonly Incident[] = [],
  ) =>
    derive(aHosted(line, { deployments, incidents }), { name: "shop", rules: usualRules, part: WHOLE }, overrides)
      .deployments;
  const failed = (deployment: string, recoveredAt: number | null = null): Override => ({
    deployment,
    failed: true,
    recoveredAt,
  });
  const fine = (deployment: string): Override => ({ deployment, failed: false, recoveredAt: null });

  it("makes it a failure that no signal told of, back when they say so", () => {
    const [first, second] = judgedFacts([failed("1", T - HOUR / 2)], [good, bad]);

    expect(first).toMatchObject({ failedBy: ["manual"], recoveredAt: T - HOUR / 2, overruled: [] });
    expect(second).toMatchObject({ failedBy: [], recoveredAt: null });
    expect(judgedFacts([failed("1")], [good])[0]).toMatchObject({ failedBy: ["manual"], recoveredAt: null });
  });

  it("stands beside its signals, and the signals say when it was back unless they do", () => {
    expect(judgedFacts([failed("2")])[1]).toMatchObject({
      failedBy: ["rollback", "manual"],
      recoveredAt: T + 5 * HOUR,
    });
    expect(judgedFacts([failed("2", T + HOUR)])[1]).toMatchObject({
      failedBy: ["rollback", "manual"],
      recoveredAt: T + HOUR,
    });
  });

  it("overrules its signals where they say that it did not fail, and what repaired it is rework all the same", () => {
    const [, second, third] = judgedFacts([fine("2")]);

    expect(second).toMatchObject({ failedBy: [], recoveredAt: null, overruled: ["rollback"] });
    expect(third).toMatchObject({ isRollback: true, isRework: true });
  });

  it("overrules nothing where nothing told of a failure, and is about no deployment that is not there", () => {
    expect(judgedFacts([fine("1")])[0]).toMatchObject({ failedBy: [], overruled: [] });
    expect(judgedFacts([failed("99"), fine("98")])).toEqual(judgedFacts([]));
  });
});
