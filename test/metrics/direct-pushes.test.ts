import { describe, expect, it } from "vitest";
import type { Change, Commit } from "#metrics/events.ts";
import { HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aHosted, aLine, factsOf } from "#test/support/builders.ts";

const direct = (commits: readonly Commit[], ...changes: readonly Change[]) =>
  factsOf(aHosted(commits, { changes })).commits.flatMap(({ sha, isDirect }) => (isDirect === true ? [sha] : []));
const merged = (number: number, mergeCommit: string, ...commits: readonly (readonly [string, number])[]) =>
  aChange(number, {
    mergedAt: 99 * HOUR,
    mergeCommit,
    commits: commits.map(([sha, authoredAt]) => ({ sha, authoredAt })),
  });

describe("a direct push", () => {
  it("is a step of the default branch that belongs to no change", () => {
    const line = aLine(
      aCommit("root"),
      aCommit("squash", { authoredAt: 2 }),
      aCommit("pushed", { authoredAt: 3 }),
      aCommit("bot", { authoredAt: 4, authorKind: "bot" }),
    );

    expect(direct(line, merged(1, "squash", ["t1", 1], ["t2", 2]))).toEqual(["root", "pushed", "bot"]);
  });

  it("is none of the commits that a merge brought in, which are no steps", () => {
    const commits = [
      aCommit("root"),
      aCommit("topic", { parents: ["root"], authoredAt: 1 }),
      aCommit("merge", { parents: ["root", "topic"], authoredAt: 2 }),
    ];

    expect(direct(commits, merged(1, "merge", ["topic", 1]))).toEqual(["root"]);
    expect(factsOf(aHosted(commits, { changes: [aChange(2)] })).commits.map(({ isDirect }) => isDirect)).toEqual([
      true,
      null,
      true,
    ]);
  });

  it("is no step of a fast-forward: these are the commits of the change", () => {
    const line = aLine(aCommit("root"), aCommit("t1", { authoredAt: 1 }), aCommit("t2", { authoredAt: 2 }));

    expect(direct(line, merged(1, "t2", ["t1", 1], ["t2", 2]))).toEqual(["root"]);
  });

  it("is no step of a rebase: these keep the author dates of the change's commits", () => {
    const line = aLine(
      aCommit("root"),
      aCommit("pushed", { authoredAt: 7 }),
      aCommit("r1", { authoredAt: 1, committedAt: 8 }),
      aCommit("r2", { authoredAt: 2, committedAt: 8 }),
      aCommit("r3", { authoredAt: 3, committedAt: 8 }),
    );
    const commits = [
      ["t1", 1],
      ["t2", 2],
      ["t3", 3],
    ] as const;

    expect(direct(line, merged(1, "r3", ...commits))).toEqual(["root", "pushed"]);
  });

  it("beneath a squash is one, whatever the number of commits that were squashed", () => {
    const line = aLine(aCommit("root"), aCommit("pushed", { authoredAt: 5 }), aCommit("squash", { authoredAt: 9 }));

    expect(direct(line, merged(1, "squash", ["t1", 1], ["t2", 2], ["t3", 3]))).toEqual(["root", "pushed"]);
  });

  it("is no step of a fast-forward whose dates nobody knows: the commits are the change's own", () => {
    const line = aLine(aCommit("root"), aCommit("t1", { authoredAt: null }), aCommit("t2", { authoredAt: null }));
    const commits = ["t1", "t2"].map((sha) => ({ sha, authoredAt: null }));

    expect(direct(line, aChange(1, { mergedAt: 9, mergeCommit: "t2", commits }))).toEqual(["root"]);
  });

  it("beneath a rebase is one, also where it has the date of a commit of the change, and where dates are missing", () => {
    const line = aLine(
      aCommit("same", { authoredAt: 1 }),
      aCommit("r1", { authoredAt: 1, committedAt: 8 }),
      aCommit("r2", { authoredAt: 2, committedAt: 8 }),
    );
    const undated = aLine(aCommit("undated", { authoredAt: null }), aCommit("squash", { authoredAt: 9 }));
    const commits = ["t1", "t2"].map((sha) => ({ sha, authoredAt: null }));

    expect(direct(line, merged(1, "r2", ["t1", 1], ["t2", 2]))).toEqual(["same"]);
    expect(direct(undated, aChange(1, { mergedAt: 9, mergeCommit: "squash", commits }))).toEqual(["undated"]);
  });

  it("beneath a merge is one, whatever its date", () => {
    const commits = [
      aCommit("root", { authoredAt: 1 }),
      aCommit("t1", { parents: ["root"], authoredAt: 1 }),
      aCommit("t2", { parents: ["t1"], authoredAt: 2 }),
      aCommit("merge", { parents: ["root", "t2"], authoredAt: 3 }),
    ];

    expect(direct(commits, merged(1, "merge", ["t1", 1], ["t2", 2]))).toEqual(["root"]);
  });

  it("is what a change that was not merged here would have brought", () => {
    const line = aLine(aCommit("root"), aCommit("t1", { authoredAt: 1 }));
    const closed = aChange(1, { commits: [{ sha: "t1", authoredAt: 1 }], closedAt: 9 });

    expect(direct(line, closed)).toEqual(["root", "t1"]);
  });

  it("is not known where no host tells of changes", () => {
    const line = aLine(aCommit("root"), aCommit("next"));

    expect(factsOf(aHosted(line)).commits.map(({ isDirect }) => isDirect)).toEqual([null, null]);
  });
});
