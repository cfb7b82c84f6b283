import { describe, expect, it } from "vitest";
import { changeNumber, cherryPickedFrom, reverted, titleOf } from "#collectors/message.ts";

const sha = "601323b66a50bb55a696b8245f5094d0070b0b2c";
const other = "cf7fdd79a4026382b9a7039354d0efd427038c09";

describe("the number of a change", () => {
  it.each([
    ["GitHub's merge", "Merge pull request #12 from acme/topic\n\nTitle (#3)", 12],
    ["a squash", "Add a thing (#12)\n\n* step (#3)", 12],
    ["a squash with blanks and a carriage return", "Add a thing (#12) \r\n\r\nbody", 12],
    ["GitLab's merge", "Merge branch 'x' into 'main'\n\nTitle\n\nSee merge request acme/shop!12", 12],
    [
      "GitLab's merge in subgroups, before trailers",
      "Merge\n\nSee merge request acme/a/b.c/shop!12\n\nApproved-by: A",
      12,
    ],
    ["GitLab's merge by address", "Merge\n\nSee merge request https://gitlab.com/acme/shop/-/merge_requests/12\n", 12],
    ["GitLab's older merge", "Merge\n\nSee merge request !12", 12],
    ["GitLab's merge of a title with an issue", "Fix (#3)\n\nSee merge request acme/shop!12", 12],
    ["the last of several trailers", "Merge\n\nSee merge request up/stream!3\n\nSee merge request acme/shop!12", 12],
    ["Bitbucket's merge", "Merged in topic (pull request #12)\n\nTitle", 12],
    ["Bitbucket's squash", "Add a thing (pull request #12)", 12],
    ["Azure DevOps' merge", "Merged PR 12: Add a thing", 12],
    ["a revert that was a change of its own", 'Revert "Add a thing (#12)" (#15)', 15],
    ["blank lines before the title", "\n\nAdd a thing (#12)", 12],
  ])("is read from %s", (_, message, number) => {
    expect(changeNumber(message)).toBe(number);
  });

  it.each([
    ["a revert made by hand", 'Revert "Add a thing (#12)"'],
    ["an issue in the middle", "Fix (#12) at last"],
    ["an issue in the body", "Fix\n\nCloses (#12)"],
    ["a trailer within a sentence", "Fix\n\nSee merge request acme/shop!12 for why"],
    ["a merge of a branch", "Merge branch 'topic' into main"],
    ["a number no host gives", "Fix (#99999999999999999999)"],
    ["nothing at all", ""],
  ])("is unknown for %s", (_, message) => {
    expect(changeNumber(message)).toBeNull();
  });
});

describe("a revert", () => {
  it.each([
    ["by sha", `Revert "x"\n\nThis reverts commit ${sha}.`, [{ sha }]],
    ["by abbreviated sha", "Undo\n\nThis reverts commit 601323b", [{ sha: "601323b" }]],
    ["by a SHA-256", `This reverts commit ${sha}${sha.slice(16)}`, [{ sha: `${sha}${sha.slice(16)}` }]],
    ["wrapped over lines", `Undo\n\nThis reverts\ncommit\n${sha}.`, [{ sha }]],
    [
      "of a merge, wrapped",
      `Revert "Merge"\n\nThis reverts commit ${sha}, reversing\nchanges made to ${other}.`,
      [{ sha }],
    ],
    ["of two commits", `Undo\n\nThis reverts commit ${sha}.\nThis reverts commit ${other}.`, [{ sha }, { sha: other }]],
    ["said twice", `Undo\n\nThis reverts commit ${sha}.\nThis reverts commit ${sha}.`, [{ sha }]],
    ["quoted in a squash", `Tune (#9)\n\n* Revert "a step"\r\n\r\nThis reverts commit ${sha}.\r\n`, [{ sha }]],
    ["restoring what a revert took", `Restore "x"\n\nThis reverts commit ${sha}.`, [{ sha }]],
    ["by GitHub's button", 'Revert "x" (#15)\n\nReverts acme/shop#12', [{ changeNumber: 12, path: "acme/shop" }]],
    ["by title", 'Revert "Add a thing (#12)" (#15)', [{ changeNumber: 12, path: null }]],
    ["by title behind a type", 'chore(ci): Revert "Add a thing (#12)" (#15)', [{ changeNumber: 12, path: null }]],
    [
      "by title and button at once",
      'Revert "x (#12)" (#15)\n\nReverts acme/shop#12',
      [{ changeNumber: 12, path: null }],
    ],
    ["of a revert, by title", 'Revert "Revert "x (#12)" (#15)" (#16)', [{ changeNumber: 15, path: null }]],
    [
      "by GitLab's button",
      "Revert \"Merge branch 'x'\"\n\nThis reverts merge request !12",
      [{ changeNumber: 12, path: null }],
    ],
    [
      "by GitLab's button with a path",
      "Revert\n\nThis reverts merge request acme/a/shop!12",
      [{ changeNumber: 12, path: "acme/a/shop" }],
    ],
    [
      "of one number in two repositories",
      'Revert "x" (#15)\n\nReverts acme/shop#12\nReverts other/repo#12\nReverts acme/shop#12',
      [
        { changeNumber: 12, path: "acme/shop" },
        { changeNumber: 12, path: "other/repo" },
      ],
    ],
  ])("is seen: %s", (_, message, found) => {
    expect(reverted(message)).toEqual(found);
  });

  it.each([
    ["a title that names nothing", 'Revert "Improve the error message"'],
    ["a word", "revert the colour of the button (#12)"],
    ["a number outside the quotes", 'Revert "x" (#12)'],
    ["the revert of a revert, which brings the change back", 'Revert "Revert "x (#12)""'],
    [
      "release notes of another project",
      "Bump x (#9)\n\n* Reverts other/project#12 because of a bug\n- Reverts other/project#12",
    ],
    ["a short word that looks like a sha", "This reverts commit beef12"],
    ["something longer than a sha", `This reverts commit ${sha}zz`],
    ["a branch name", "Merge branch 'revert-12' into main"],
  ])("is not seen in %s", (_, message) => {
    expect(reverted(message)).toEqual([]);
  });
});

describe("a cherry-pick", () => {
  it("names every commit it was copied from, once", () => {
    const message = `Fix\n\n(cherry picked from commit ${sha})\n(cherry picked from commit ${other})\n(cherry picked from commit ${sha})`;

    expect(cherryPickedFrom(message)).toEqual([sha, other]);
  });

  it("names nothing without git's sentence", () => {
    expect(cherryPickedFrom(`Fix, picked from ${sha}`)).toEqual([]);
  });
});

describe("a title", () => {
  it.each([
    ["Add\n\nbody", "Add"],
    ["\n \n  Add \r\nbody", "Add"],
    ["Add", "Add"],
    ["", ""],
  ])("of %j is %j", (message, title) => {
    expect(titleOf(message)).toBe(title);
  });
});

it("reads messages of two hundred thousand characters in no time", () => {
  const nasty = [
    "This reverts commit ",
    'Revert "(#1)',
    "See merge request ",
    "(cherry picked ",
    "Reverts a/b#1 ",
    "\n",
  ];

  const started = performance.now();
  for (const text of nasty) {
    const message = text.repeat(200_000 / text.length);
    changeNumber(message);
    reverted(message);
    cherryPickedFrom(message);
  }

  expect(performance.now() - started).toBeLessThan(2000);
});
