import { describe, expect, it } from "vitest";
import type { History } from "#metrics/history.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aHosted, aLine, aRelease, factsBy } from "#test/support/builders.ts";

const FIRST = 400 * DAY;

/** A commit a year before the record begins, one exactly 90 days before it, one a millisecond earlier, one on its eve. */
const line = aLine(
  aCommit("year", { authoredAt: FIRST - 365 * DAY }),
  aCommit("late", { authoredAt: FIRST - 90 * DAY - 1 }),
  aCommit("edge", { authoredAt: FIRST - 90 * DAY }),
  aCommit("eve", { authoredAt: FIRST - DAY }),
  aCommit("after", { authoredAt: FIRST + DAY }),
);
const deployments = [aDeployment("1", "eve", FIRST), aDeployment("2", "after", FIRST + 2 * DAY)];

const carried = (history: History, backfillDays = 90) =>
  factsBy({ backfillDays }, history).commits.map(({ sha, deploymentId, isBeforeRecord }) => [
    sha,
    deploymentId,
    isBeforeRecord,
  ]);

describe("the first known deployment", () => {
  it("carries what was committed in the 90 days before it; older commits were deployed before anybody kept the record", () => {
    expect(carried(aHosted(line, { deployments }))).toEqual([
      ["year", null, true],
      ["late", null, true],
      ["edge", "1", false],
      ["eve", "1", false],
      ["after", "2", false],
    ]);
  });

  it("counts only what it carries, and no later one takes the rest", () => {
    const again = [...deployments, aDeployment("3", "after", FIRST + 9 * DAY)];

    expect(factsBy({}, aHosted(line, { deployments: again })).deployments.map(({ commits }) => commits)).toEqual([
      2, 1, 0,
    ]);
  });

  it("carries as many days as the configuration says, and everything where that is 0", () => {
    expect(carried(aHosted(line, { deployments }), 400).map(([, id]) => id)).toEqual(["1", "1", "1", "1", "2"]);
    expect(carried(aHosted(line, { deployments }), 0).map(([, id]) => id)).toEqual(["1", "1", "1", "1", "2"]);
    expect(carried(aHosted(line, { deployments }), 2).map(([, id]) => id)).toEqual([null, null, null, "1", "2"]);
  });

  it("is the first of a commit that is known: one of a commit that is lost carries nothing, and the next not the year before", () => {
    const lost = [aDeployment("0", "gone", FIRST - DAY), ...deployments];

    expect(carried(aHosted(line, { deployments: lost }))).toEqual(carried(aHosted(line, { deployments })));
  });

  it("is the only one with that limit: old work that comes with a later one is carried by it", () => {
    const branch = [
      aCommit("base", { authoredAt: FIRST - DAY }),
      aCommit("shelved", { parents: ["base"], authoredAt: FIRST - 365 * DAY }),
      aCommit("merge", { parents: ["base", "shelved"], authoredAt: FIRST + DAY }),
    ];
    const both = [aDeployment("1", "base", FIRST), aDeployment("2", "merge", FIRST + 2 * DAY)];

    expect(carried(aHosted(branch, { deployments: both }))).toEqual([
      ["base", "1", false],
      ["shelved", "2", false],
      ["merge", "2", false],
    ]);
  });

  it("of tags carries everything, since tags are a complete record", () => {
    const releases = [aRelease("v1.0.0", { sha: "eve", publishedAt: FIRST })];

    expect(carried(aHosted(line, { releases })).map(([, id]) => id)).toEqual([
      "v1.0.0",
      "v1.0.0",
      "v1.0.0",
      "v1.0.0",
      null,
    ]);
  });

  it("carries a commit without a date, of which nobody can say that it is older", () => {
    const undated = aLine(aCommit("undated", { authoredAt: null }), aCommit("eve", { authoredAt: FIRST - DAY }));

    expect(carried(aHosted(undated, { deployments: [aDeployment("1", "eve", FIRST)] }))).toEqual([
      ["undated", "1", false],
      ["eve", "1", false],
    ]);
  });
});

describe("a change and the first known deployment", () => {
  const merged = (number: number, mergeCommit: string, mergedAt: number) =>
    aChange(number, { mergeCommit, mergedAt, commits: [{ sha: mergeCommit, authoredAt: 0 }] });

  it("belong together by when it was merged, also where its commits are much older (a fast-forward)", () => {
    const changes = [
      merged(1, "year", FIRST - 90 * DAY - 1),
      merged(2, "late", FIRST - DAY),
      merged(3, "edge", FIRST - 89 * DAY),
      merged(4, "after", FIRST + DAY),
    ];

    const facts = factsBy({}, aHosted(line, { deployments, changes }));

    expect(
      facts.changes.map(({ number, deploymentId, isBeforeRecord, leadTimeHours }) => [
        number,
        deploymentId,
        isBeforeRecord,
        leadTimeHours,
      ]),
    ).toEqual([
      [1, null, true, null],
      [2, "1", false, FIRST / HOUR],
      [3, "1", false, FIRST / HOUR],
      [4, "2", false, (FIRST + 2 * DAY) / HOUR],
    ]);
    expect(facts.deployments.map(({ changes: count }) => count)).toEqual([2, 1]);
  });

  it("say nothing of a change that waits, or was not merged", () => {
    const changes = [merged(1, "after", FIRST + DAY), aChange(2), aChange(3, { mergedAt: 0, mergeCommit: "nowhere" })];

    const facts = factsBy({}, aHosted(line, { deployments: deployments.slice(0, 1), changes }));

    expect(facts.changes.map(({ deploymentId, isBeforeRecord }) => [deploymentId, isBeforeRecord])).toEqual([
      [null, false],
      [null, false],
      [null, false],
    ]);
  });
});

describe("a deployment that was pushed with the commits it carries", () => {
  const pushed = (id: string, sha: string, at: number, includedCommits: readonly string[]) => ({
    ...aDeployment(id, sha, at, { source: "push" }),
    version: null,
    includedCommits,
  });

  it("carries exactly these, whatever its commit contains, and the first that names one has it", () => {
    const history = aHosted(line, {
      deployments: [
        pushed("1", "after", FIRST + 2 * DAY, ["eve"]),
        pushed("2", "after", FIRST + 3 * DAY, ["after", "eve"]),
      ],
    });

    expect(carried(history, 0).map(([sha, deployment]) => [sha, deployment])).toEqual([
      ["year", null],
      ["late", null],
      ["edge", null],
      ["eve", "1"],
      ["after", "2"],
    ]);
  });

  it("takes what it names from a later one whose commit contains it", () => {
    const history = aHosted(line, {
      deployments: [pushed("1", "eve", FIRST, ["eve"]), aDeployment("2", "after", FIRST + 2 * DAY)],
    });

    expect(carried(history, 0).map(([sha, deployment]) => [sha, deployment])).toEqual([
      ["year", "2"],
      ["late", "2"],
      ["edge", "2"],
      ["eve", "1"],
      ["after", "2"],
    ]);
  });

  it("leaves what an earlier one already carried where it is", () => {
    const history = aHosted(line, {
      deployments: [aDeployment("1", "eve", FIRST), pushed("2", "after", FIRST + 2 * DAY, ["eve", "after"])],
    });

    expect(carried(history, 0).map(([, deployment]) => deployment)).toEqual(["1", "1", "1", "1", "2"]);
  });
});
