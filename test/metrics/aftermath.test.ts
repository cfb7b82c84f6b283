import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Commit, Reverted } from "#metrics/events.ts";
import type { DeploymentFact, ServiceFacts } from "#metrics/facts.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import type { History } from "#metrics/history.ts";
import { aCommit, aHistory, aLine, aRelease, contained, factsOf, histories } from "#test/support/builders.ts";

const WEEK = 7 * DAY;
const target = "abc1234def";
const reverting = (...reverts: readonly Reverted[]): Commit => aCommit("undo", { authoredAt: HOUR, reverts });

/** A change that v1.0.0 carries at 0 and a commit upon it that v1.0.1 carries at `at`. */
function released(by: Commit, at: Instant): ServiceFacts {
  const line = aLine(aCommit(target, { changeNumber: 12 }), by);
  const releases = [
    aRelease("v1.0.0", { sha: target, publishedAt: 0 }),
    aRelease("v1.0.1", { sha: by.id, publishedAt: at }),
  ];
  return factsOf(aHistory(line, releases));
}

const outcome = ({ failedBy, isRework, recoveredAt }: DeploymentFact) => ({ failedBy, isRework, recoveredAt });
const outcomes = ({ deployments }: ServiceFacts) => deployments.map(outcome);
const fine = { failedBy: [], isRework: false, recoveredAt: null };
const reverts = ({ commits }: ServiceFacts): string[] =>
  commits.filter(({ isRevert }) => isRevert).map(({ sha }) => sha);

describe("a revert", () => {
  it.each<[string, Reverted]>([
    ["its full sha", { sha: target }],
    ["the beginning of its sha", { sha: "abc1234" }],
    ["the number of its change", { changeNumber: 12, path: null }],
  ])("fails the release of what it names by %s", (_, named) => {
    expect(outcomes(released(reverting(named), DAY))).toEqual([
      { failedBy: ["revert"], isRework: false, recoveredAt: DAY },
      { failedBy: [], isRework: true, recoveredAt: null },
    ]);
  });

  it("takes a commit back once, however often it says so", () => {
    const facts = released(reverting({ sha: target }, { sha: "abc1234" }, { changeNumber: 12, path: null }), DAY);

    expect(outcomes(facts)[0]).toEqual({ failedBy: ["revert"], isRework: false, recoveredAt: DAY });
  });

  it.each<[string, readonly Reverted[]]>([
    ["a commit of another repository", [{ sha: "601323b66a50bb55" }]],
    ["a change of another repository", [{ changeNumber: 13, path: null }]],
    ["itself", [{ sha: "undo" }]],
    ["a sha longer than any here", [{ sha: `${target}00` }]],
    ["nothing", []],
  ])("is none when it names %s", (_, named) => {
    const facts = released(reverting(...named), DAY);

    expect(outcomes(facts)).toEqual([fine, fine]);
    expect(reverts(facts)).toEqual([]);
  });

  it("is none when its abbreviation fits two commits, and one when the full sha is the beginning of another", () => {
    const line = aLine(
      aCommit("abc1234", {}),
      aCommit("abc12345", {}),
      aCommit("vague", { reverts: [{ sha: "abc123" }] }),
      aCommit("exact", { reverts: [{ sha: "abc1234" }] }),
    );

    expect(reverts(factsOf(aHistory(line)))).toEqual(["exact"]);
  });

  it("finds an abbreviation of the first and of the last sha of all", () => {
    const line = aLine(
      aCommit("0000aaa"),
      aCommit("ffffbbb"),
      aCommit("by1", { reverts: [{ sha: "0000" }] }),
      aCommit("by2", { reverts: [{ sha: "ffff" }] }),
      aCommit("by3", { reverts: [{ sha: "fffff" }] }),
    );

    expect(reverts(factsOf(aHistory(line)))).toEqual(["by1", "by2"]);
  });

  it("is not found in a merge commit, which repeats what its branch says", () => {
    const commits = [
      aCommit(target),
      aCommit("side", { parents: [target] }),
      aCommit("merge", { parents: [target, "side"], reverts: [{ sha: target }] }),
    ];

    expect(reverts(factsOf(aHistory(commits)))).toEqual([]);
  });

  it("may take back a merge commit", () => {
    const commits = [
      aCommit("base"),
      aCommit("side", { parents: ["base"] }),
      aCommit("merge", { parents: ["base", "side"], changeNumber: 12 }),
      aCommit("undo", { parents: ["merge"], reverts: [{ sha: "merge" }] }),
    ];

    const facts = factsOf(
      aHistory(commits, [aRelease("v1.0.0", { sha: "merge" }), aRelease("v1.0.1", { sha: "undo" })]),
    );

    expect(facts.deployments[0]?.failedBy).toEqual(["revert"]);
    expect(facts.changes[0]?.revertedBy).toBe("undo");
  });

  it.each([
    [
      "of a side branch",
      aHistory(
        [aCommit(target), aCommit("undo", { parents: [target], reverts: [{ sha: target }] })],
        [aRelease("v1.0.0", { sha: "undo" })],
        target,
      ),
    ],
    [
      "of something on a side branch",
      aHistory(
        [aCommit(target), aCommit("main"), aCommit("undo", { parents: ["main"], reverts: [{ sha: target }] })],
        [aRelease("v1.0.0", { sha: target })],
      ),
    ],
  ])("%s is none of the default branch's", (_, history) => {
    expect(reverts(factsOf(history))).toEqual([]);
  });

  it("of a revert fails the release that carried the revert", () => {
    const line = aLine(
      aCommit(target),
      aCommit("undo", { reverts: [{ sha: target }] }),
      aCommit("redo", { reverts: [{ sha: "undo" }] }),
    );
    const releases = [
      aRelease("v1.0.0", { sha: target, publishedAt: 0 }),
      aRelease("v1.0.1", { sha: "undo", publishedAt: DAY }),
      aRelease("v1.0.2", { sha: "redo", publishedAt: 3 * DAY }),
    ];

    expect(outcomes(factsOf(aHistory(line, releases)))).toEqual([
      { failedBy: ["revert"], isRework: false, recoveredAt: DAY },
      { failedBy: ["revert"], isRework: true, recoveredAt: 3 * DAY },
      { failedBy: [], isRework: true, recoveredAt: null },
    ]);
  });

  it("in the release that carries what it takes back fails nothing, and that release still carries a revert", () => {
    const line = aLine(aCommit(target), reverting({ sha: target }));
    const facts = factsOf(aHistory(line, [aRelease("v1.0.0", { sha: "undo" })]));

    expect(outcomes(facts)).toEqual([{ failedBy: [], isRework: true, recoveredAt: null }]);
  });

  it.each([
    ["at the same instant", 0, ["revert"], 0],
    ["exactly seven days later", WEEK, ["revert"], WEEK],
    ["a millisecond more than seven days later", WEEK + 1, [], null],
  ])("released %s gives the verdict the definition says", (_, at, failedBy, recoveredAt) => {
    expect(outcomes(released(reverting({ sha: target }), at))).toEqual([
      { failedBy, isRework: false, recoveredAt },
      { failedBy: [], isRework: true, recoveredAt: null },
    ]);
  });

  it("that is not released yet fails nothing yet", () => {
    const line = aLine(aCommit(target), reverting({ sha: target }));
    const facts = factsOf(aHistory(line, [aRelease("v1.0.0", { sha: target })]));

    expect(outcomes(facts)).toEqual([fine]);
    expect(reverts(facts)).toEqual(["undo"]);
  });

  it("of what no release carries fails none, but is made to repair", () => {
    const commits = [
      aCommit(target),
      aCommit("main"),
      aCommit("undo", { parents: ["main"], reverts: [{ sha: target }] }),
      aCommit("merge", { parents: ["undo", target] }),
    ];
    const facts = factsOf(aHistory(commits, [aRelease("v1.0.0", { sha: "undo" })]));

    expect(outcomes(facts)).toEqual([{ failedBy: [], isRework: true, recoveredAt: null }]);
  });

  it.each([
    ["earlier", DAY],
    ["at the same instant by a release of a later name", 0],
  ])("released %s than what it takes back recovers nothing", (_, publishedAt) => {
    const commits = [
      aCommit(target),
      aCommit("undo", { reverts: [{ sha: target }] }),
      aCommit("merge", { parents: ["undo", target] }),
    ];
    const releases = [aRelease("v1.0.0", { sha: "undo" }), aRelease("v1.0.1", { sha: "merge", publishedAt })];

    expect(outcomes(factsOf(aHistory(commits, releases)))).toEqual([{ ...fine, isRework: true }, fine]);
  });

  it("counts from the first of several that repair one release", () => {
    const line = aLine(
      aCommit("first00"),
      aCommit("second0"),
      aCommit("undo2", { reverts: [{ sha: "second0" }] }),
      aCommit("undo1", { reverts: [{ sha: "first00" }] }),
    );
    const releases = [
      aRelease("v1.0.0", { sha: "second0", publishedAt: 0 }),
      aRelease("v1.0.1", { sha: "undo2", publishedAt: DAY }),
      aRelease("v1.0.2", { sha: "undo1", publishedAt: 2 * DAY }),
    ];
    const inOrder = factsOf(aHistory(line, releases));

    expect(inOrder.deployments[0]?.recoveredAt).toBe(DAY);
    expect(factsOf(aHistory(line.toReversed(), releases, "undo1")).deployments).toEqual(inOrder.deployments);
  });

  it.each([
    ["the earlier", { committedAt: 5 }, { committedAt: 4 }, "undo2"],
    ["the one with a date", { committedAt: null }, { committedAt: 9 }, "undo2"],
    ["the smaller sha at one instant", { committedAt: 5 }, { committedAt: 5 }, "undo1"],
  ])("a change was taken back by %s", (_, first, second, revertedBy) => {
    const line = aLine(
      aCommit(target, { changeNumber: 12 }),
      aCommit("undo1", { ...first, reverts: [{ changeNumber: 12, path: null }] }),
      aCommit("undo2", { ...second, reverts: [{ changeNumber: 12, path: null }] }),
    );

    expect(factsOf(aHistory(line)).changes[0]?.revertedBy).toBe(revertedBy);
  });
});

/** Pairs of a revert and what it takes back, by trying every commit of the default branch. */
function revertPairs(history: History, { changes }: ServiceFacts): readonly (readonly [string, string])[] {
  const onDefault = contained(history, history.repository.head);
  const integrated = (number: number): string[] =>
    changes.flatMap(({ number: known, mergeCommit }) =>
      known === number && mergeCommit !== null ? [mergeCommit] : [],
    );
  const meant = (reverted: Reverted): string[] => {
    if ("changeNumber" in reverted) return integrated(reverted.changeNumber);
    const fits = [...onDefault].filter((sha) => sha.startsWith(reverted.sha));
    return fits.length === 1 ? fits : [];
  };
  return history.commits
    .filter(({ id, parents }) => onDefault.has(id) && parents.length < 2)
    .flatMap(({ id, reverts: named }) => named.flatMap(meant).map((sha) => [id, sha] as const))
    .filter(([by, sha]) => by !== sha);
}

/** The definition, word for word; all dates lie within seven days here. */
function outcomesByTheBook(history: History, facts: ServiceFacts): readonly object[] {
  const order = facts.deployments.map(({ id }) => id);
  const carrier = new Map(facts.commits.map(({ sha, deploymentId }) => [sha, order.indexOf(deploymentId ?? "none")]));
  const repairs = revertPairs(history, facts).map(([by, sha]) => ({
    failed: carrier.get(sha) ?? -1,
    repairing: carrier.get(by) ?? -1,
  }));
  return facts.deployments.map((_, index) => {
    const later = repairs.filter(({ failed, repairing }) => failed === index && repairing > index);
    const dates = later.map(({ repairing }) => facts.deployments[repairing]?.deployedAt ?? 0);
    return {
      failedBy: later.length > 0 ? ["revert"] : [],
      isRework: repairs.some(({ repairing }) => repairing === index),
      recoveredAt: later.length > 0 ? Math.min(...dates) : null,
    };
  });
}

describe("in any history", () => {
  it("the reverts are those that name one commit or change of the default branch other than themselves", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const facts = factsOf(history);
        const wanted = new Set(revertPairs(history, facts).map(([by]) => by));
        expect(new Set(reverts(facts))).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });

  it("a release failed exactly when a later one first carries a revert of what it first carried", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const facts = factsOf(history);
        expect(outcomes(facts)).toEqual(outcomesByTheBook(history, facts));
      }),
      { numRuns: 400 },
    );
  });
});
