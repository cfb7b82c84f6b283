import { describe, expect, it } from "vitest";
import type { Release } from "#metrics/events.ts";
import type { DeploymentFact } from "#metrics/facts.ts";
import { HOUR } from "#metrics/time.ts";
import { aCommit, aHistory, aLine, aRelease, factsOf } from "#test/support/builders.ts";

function deploymentsOf(...releases: readonly Release[]): readonly DeploymentFact[] {
  return factsOf(aHistory(aLine(aCommit("a"), aCommit("b")), releases), { tags: "prerelease" }).deployments;
}

const dated = (name: string, hours: number): Release => aRelease(name, { sha: "a", publishedAt: hours * HOUR });
const patchedAt = (...releases: readonly Release[]): (number | null)[] =>
  deploymentsOf(...releases).map((fact) => (fact.patchedAt === null ? null : fact.patchedAt / HOUR));

describe("a release", () => {
  it("of a commit that another released carries nothing, and is a deployment all the same", () => {
    const facts = deploymentsOf(
      dated("v1.0.0", 1),
      dated("v1.0.0+rebuilt", 2),
      aRelease("v1.1.0", { sha: "b", publishedAt: 3 * HOUR }),
    );

    expect(facts.map(({ id, commits }) => [id, commits])).toEqual([
      ["v1.0.0", 1],
      ["v1.0.0+rebuilt", 0],
      ["v1.1.0", 1],
    ]);
  });

  it("of a commit that is not known is a deployment that carries nobody knows what", () => {
    const facts = deploymentsOf(aRelease("v1.0.0", { sha: "unknown", publishedAt: HOUR }));

    expect(facts.map(({ id, commits, changes }) => [id, commits, changes])).toEqual([["v1.0.0", null, null]]);
  });

  it("is no rollback, even of an older line", () => {
    const facts = deploymentsOf(aRelease("v2.0.0", { sha: "b", publishedAt: HOUR }), dated("v1.0.1", 2));

    expect(facts.map(({ isRollback }) => isRollback)).toEqual([false, false]);
  });

  it("at the same instant as another has its place by name, so that the first one carries", () => {
    const facts = deploymentsOf(dated("v1.0.1", 1), dated("v1.0.0", 1));

    expect(facts.map(({ id, commits, previousDeployedAt }) => [id, commits, previousDeployedAt])).toEqual([
      ["v1.0.0", 1, null],
      ["v1.0.1", 0, HOUR],
    ]);
  });

  it.each([
    ["v1.0.0", true],
    ["v1.2.0", true],
    ["shop@1.2.0", true],
    ["v1.2.0+build", true],
    ["v1.2.1", false],
    ["v1.2.0-rc.1", false],
  ])("%s may be followed by a patch: %s", (name, isFeatureRelease) => {
    expect(deploymentsOf(dated(name, 1))[0]?.isFeatureRelease).toBe(isFeatureRelease);
  });
});

describe("a release x.y.0", () => {
  it.each([
    ["the first patch of its line", [dated("v1.2.0", 1), dated("v1.2.1", 5), dated("v1.2.2", 9)], [5, null, null]],
    ["no patch of another minor version", [dated("v1.2.0", 1), dated("v1.3.1", 5)], [null, null]],
    ["no patch of another major version", [dated("v1.2.0", 1), dated("v2.2.1", 5)], [null, null]],
    ["no patch of another package", [dated("shop@1.2.0", 1), dated("pay@1.2.1", 5)], [null, null]],
    [
      "a patch of its package",
      [dated("shop@1.2.0", 1), dated("pay@1.2.1", 2), dated("shop@1.2.1", 5)],
      [5, null, null],
    ],
    ["no prerelease of a patch", [dated("v1.2.0", 1), dated("v1.2.1-rc.1", 5)], [null, null]],
    ["a patch of a later patch number", [dated("v1.2.0", 1), dated("v1.2.7", 5)], [5, null]],
    ["a patch at the same instant", [dated("v1.2.0", 1), dated("v1.2.1", 1)], [1, null]],
    [
      "the first patch after it, not one dated before it",
      [dated("v1.2.1", 1), dated("v1.2.0", 2), dated("v1.2.2", 5)],
      [null, 5, null],
    ],
    ["no patch dated before it", [dated("v1.2.1", 1), dated("v1.2.0", 2)], [null, null]],
  ])("was patched by %s", (_, releases, wanted) => {
    expect(patchedAt(...releases)).toEqual(wanted);
    expect(patchedAt(...releases.toReversed())).toEqual(wanted);
  });
});
