import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deployment } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  aRelease,
  contained,
  factsBy,
  factsOf,
  histories,
} from "#test/support/builders.ts";

const line = aLine(aCommit("a"), aCommit("b"), aCommit("c"), aCommit("d"));
const side = [...line, aCommit("hotfix", { parents: ["b"] })];

/** One deployment an hour, each of a commit and perhaps an environment. */
const hourly = (...made: readonly (string | readonly [string, string])[]): readonly Deployment[] =>
  made.map((one, hour) => {
    const [sha, environment] = typeof one === "string" ? [one, "production"] : one;
    return aDeployment(String(hour + 1), sha, DAY + hour * HOUR, { environment });
  });

const rollbacks = (deployments: readonly Deployment[], commits = line) =>
  factsOf(aHosted(commits, { deployments })).deployments.flatMap(({ id, isRollback }) => (isRollback ? [id] : []));
const failed = (deployments: readonly Deployment[], commits = line) =>
  factsOf(aHosted(commits, { deployments })).deployments.flatMap(({ id, failedBy, recoveredAt }) =>
    failedBy.length > 0 ? [[id, failedBy.join(), recoveredAt]] : [],
  );

/** The definition, by the plainest walk there is: what the last one deploys, its environment contained before. */
function putsBack(history: History, made: readonly { readonly sha: string; readonly environment: string }[]): boolean {
  const last = made.at(-1);
  const had = made.slice(0, -1).findLast(({ environment }) => environment === last?.environment)?.sha ?? null;
  return last !== undefined && had !== last.sha && contained(history, had).has(last.sha);
}

describe("a rollback", () => {
  it("puts back an older commit: the deployment before it failed, and is recovered by it", () => {
    const deployments = hourly("a", "c", "b");

    expect(rollbacks(deployments)).toEqual(["3"]);
    expect(failed(deployments)).toEqual([["2", "rollback", DAY + 2 * HOUR]]);
  });

  it("is a rework, counts as a deployment and carries nothing", () => {
    const [, , back] = factsOf(aHosted(line, { deployments: hourly("a", "c", "b") })).deployments;

    expect(back).toMatchObject({ isRework: true, commits: 0, failedBy: [], status: "success" });
  });

  it("is not what goes forward again after one", () => {
    expect(rollbacks(hourly("a", "c", "b", "c", "d"))).toEqual(["3"]);
  });

  it("can follow another: each fails what it takes back", () => {
    const deployments = hourly("c", "b", "a");

    expect(rollbacks(deployments)).toEqual(["2", "3"]);
    expect(failed(deployments).map(([id]) => id)).toEqual(["1", "2"]);
  });

  it("is not the same commit again, and not a commit beside it", () => {
    expect(rollbacks(hourly("b", "b"))).toEqual([]);
    expect(rollbacks([...hourly("c", "hotfix")], side)).toEqual([]);
  });

  it("is judged per environment", () => {
    const eu = (sha: string) => [sha, "prod-eu"] as const;
    const us = (sha: string) => [sha, "prod-us"] as const;

    expect(rollbacks(hourly(eu("c"), us("b"), eu("d"), us("c")))).toEqual([]);
    expect(rollbacks(hourly(eu("c"), us("b"), us("c"), eu("b")))).toEqual(["4"]);
  });

  it("is not judged against a commit that is not known, nor past it", () => {
    expect(rollbacks(hourly("c", "gone", "b"))).toEqual([]);
  });

  it("is judged by what the environment just had, not by an attempt in between", () => {
    const attempt = aDeployment("2", "d", DAY + HOUR, { statuses: [] });

    expect(rollbacks([aDeployment("1", "b", DAY), attempt, aDeployment("3", "c", DAY + 2 * HOUR)])).toEqual([]);
  });

  it("is never a release or a tag: an older line released again is none", () => {
    const releases = [
      aRelease("v2.0.0", { sha: "d", publishedAt: 1 }),
      aRelease("v1.0.1", { sha: "b", publishedAt: 2 }),
    ];

    expect(
      factsOf(aHosted(line, { releases })).deployments.map(({ isRollback, failedBy }) => [isRollback, failedBy]),
    ).toEqual([
      [false, []],
      [false, []],
    ]);
  });

  it("is a deployment of a strict ancestor of what its environment had, in any history", () => {
    const scenes = histories.chain((history) =>
      fc.record({
        history: fc.constant(history),
        made: fc.array(
          fc.record({
            sha: fc.constantFrom(...history.commits.map(({ id }) => id), "gone"),
            environment: fc.constantFrom("prod-eu", "prod-us"),
          }),
          { maxLength: 8 },
        ),
      }),
    );
    fc.assert(
      fc.property(scenes, ({ history, made }) => {
        const deployments = made.map(({ sha, environment }, hour) =>
          aDeployment(String(hour), sha, 100 * DAY + hour * HOUR, { environment }),
        );
        const expected = made.map((_, index) => putsBack(history, made.slice(0, index + 1)));

        const facts = factsBy({ backfillDays: 0 }, { ...history, deployments }).deployments;
        const found = new Map(facts.map(({ id, isRollback }) => [id, isRollback]));

        expect(made.map((_, index) => found.get(String(index)))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
