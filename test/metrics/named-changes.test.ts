import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Commit } from "#metrics/events.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import { HOUR } from "#metrics/time.ts";
import { aCommit, aHistory, aLine, aRelease, contained, factsOf, histories } from "#test/support/builders.ts";

function changesOf(
  commits: readonly Commit[],
  head?: string,
): readonly Pick<ChangeFact, "number" | "mergeCommit" | "firstCommitAt">[] {
  return factsOf(aHistory(commits, [], head)).changes.map(({ number, mergeCommit, firstCommitAt }) => ({
    number,
    mergeCommit,
    firstCommitAt,
  }));
}

const naming = ({ id, changeNumber }: Commit) => ({ number: changeNumber, mergeCommit: id });

/** A branch of two commits, merged by `merge` after its base moved on. */
function aMerge(merge: Partial<Commit>, tip: Partial<Commit> = {}): readonly Commit[] {
  return [
    aCommit("base", { authoredAt: HOUR }),
    aCommit("work", { parents: ["base"], authoredAt: 3 * HOUR }),
    aCommit("fixup", { parents: ["work"], authoredAt: 2 * HOUR, ...tip }),
    aCommit("other", { parents: ["base"], authoredAt: 0 }),
    aCommit("merge", { parents: ["other", "fixup"], authoredAt: 9 * HOUR, ...merge }),
  ];
}

describe("a named change", () => {
  it("that was squashed began when its one commit was authored", () => {
    const line = aLine(
      aCommit("root"),
      aCommit("squash", { authoredAt: 4 * HOUR, committedAt: 6 * HOUR, changeNumber: 7 }),
    );

    expect(changesOf(line)).toEqual([{ number: 7, mergeCommit: "squash", firstCommitAt: 4 * HOUR }]);
  });

  it("that was merged began with the smallest author date of what the merge brought, not of what was there", () => {
    expect(changesOf(aMerge({ changeNumber: 7 }))).toEqual([
      { number: 7, mergeCommit: "merge", firstCommitAt: 2 * HOUR },
    ]);
  });

  it("has no beginning where no commit it brought has a date", () => {
    const commits = [
      aCommit("base"),
      aCommit("work", { parents: ["base"], authoredAt: null }),
      aCommit("merge", { parents: ["base", "work"], authoredAt: 9 * HOUR, changeNumber: 7 }),
      aCommit("squash", { parents: ["merge"], authoredAt: null, changeNumber: 8 }),
    ];

    expect(changesOf(commits)).toEqual([
      { number: 7, mergeCommit: "merge", firstCommitAt: null },
      { number: 8, mergeCommit: "squash", firstCommitAt: null },
    ]);
  });

  it("on a branch of a branch is a change, whose beginning the graph does not say when it was merged there", () => {
    const commits = [
      aCommit("base"),
      aCommit("squashed", { parents: ["base"], authoredAt: 2 * HOUR, changeNumber: 5 }),
      aCommit("side", { parents: ["base"], authoredAt: HOUR }),
      aCommit("inner", { parents: ["squashed", "side"], authoredAt: 3 * HOUR, changeNumber: 6 }),
      aCommit("outer", { parents: ["base", "inner"], authoredAt: 4 * HOUR, changeNumber: 7 }),
    ];

    expect(changesOf(commits)).toEqual([
      { number: 5, mergeCommit: "squashed", firstCommitAt: 2 * HOUR },
      { number: 6, mergeCommit: "inner", firstCommitAt: null },
      { number: 7, mergeCommit: "outer", firstCommitAt: HOUR },
    ]);
  });

  it("outside the default branch is none", () => {
    const commits = [aCommit("main"), aCommit("side", { parents: ["main"], changeNumber: 7 })];

    expect(changesOf(commits, "main")).toEqual([]);
  });

  it("keeps its beginning after a foxtrot merge moved it off the first-parent line", () => {
    const commits = [
      aCommit("base"),
      aCommit("squash", { parents: ["base"], authoredAt: 2 * HOUR, changeNumber: 7 }),
      aCommit("local", { parents: ["base"], authoredAt: HOUR }),
      aCommit("pull", { parents: ["local", "squash"], authoredAt: 5 * HOUR }),
    ];

    expect(changesOf(commits)).toEqual([{ number: 7, mergeCommit: "squash", firstCommitAt: 2 * HOUR }]);
  });

  it.each([
    ["the merge rather than the commit it brought", aMerge({ changeNumber: 7 }, { changeNumber: 7 }), "merge"],
    [
      "the merge, however late",
      aLine(aCommit("squash", { changeNumber: 7 }), aCommit("later")).concat(
        aCommit("merge", { parents: ["later", "squash"], authoredAt: 9 * HOUR, changeNumber: 7 }),
      ),
      "merge",
    ],
    [
      "the earlier of two commits",
      aLine(
        aCommit("late", { committedAt: 5, changeNumber: 7 }),
        aCommit("early", { committedAt: 4, changeNumber: 7 }),
      ),
      "early",
    ],
    [
      "the one whose date is known",
      aLine(aCommit("undated", { committedAt: null, changeNumber: 7 }), aCommit("dated", { changeNumber: 7 })),
      "dated",
    ],
    [
      "the smaller sha of two at one instant",
      aLine(aCommit("second", { changeNumber: 7 }), aCommit("first", { changeNumber: 7 })),
      "first",
    ],
  ])("that several commits name was integrated by %s, in whatever order they come", (_, commits, mergeCommit) => {
    const head = commits.at(-1)?.id;

    expect(changesOf(commits).map((change) => change.mergeCommit)).toEqual([mergeCommit]);
    expect(changesOf(commits.toReversed(), head).map((change) => change.mergeCommit)).toEqual([mergeCommit]);
  });

  it("is measured from its first commit, and from its merge, to the release", () => {
    const releases = [aRelease("v1.0.0", { sha: "merge", publishedAt: 12 * HOUR })];
    const [change] = factsOf(aHistory(aMerge({ changeNumber: 7 }), releases)).changes;

    expect(change).toMatchObject({ deploymentId: "v1.0.0", leadTimeHours: 10, deployHours: 3, mergedAt: 9 * HOUR });
  });

  it("whose tag is a second older than its merge has no time to deployment, rather than a negative one", () => {
    const line = aLine(aCommit("root"), aCommit("squash", { authoredAt: 5000, changeNumber: 7 }));
    const [change] = factsOf(aHistory(line, [aRelease("v1.0.0", { sha: "squash", publishedAt: 4000 })])).changes;

    expect(change).toMatchObject({ deployedAt: 4000, leadTimeHours: null, deployHours: null });
  });

  it("is one for each number that a commit of the default branch names, in any history", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const onDefault = contained(history, history.repository.head);
        const named = history.commits.filter(({ id }) => onDefault.has(id)).map(naming);
        const { changes } = factsOf(history);
        const numbers = changes.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(new Set([...numbers, null])).toEqual(new Set([...named.map(({ number }) => number), null]));
        for (const { number, mergeCommit } of changes) expect(named).toContainEqual({ number, mergeCommit });
      }),
      { numRuns: 300 },
    );
  });
});

describe("an integration", () => {
  it("is a step of the first-parent line: a merge, a squash or a direct push, not the commits of a branch", () => {
    const { commits } = factsOf(aHistory(aMerge({})));

    expect(commits.filter(({ integrated }) => integrated !== null).map(({ sha }) => sha)).toEqual([
      "base",
      "other",
      "merge",
    ]);
  });

  it("line ends where a shallow clone does, even if the second parent is known", () => {
    const commits = [
      aCommit("side"),
      aCommit("merge", { parents: ["beyond", "side"] }),
      aCommit("top", { parents: ["merge"] }),
    ];
    const facts = factsOf(aHistory(commits)).commits;

    expect(facts.map(({ sha, integrated, isMerge }) => [sha, integrated, isMerge])).toEqual([
      ["side", null, false],
      ["merge", 1, true],
      ["top", 1, false],
    ]);
  });
});
