import { describe, expect, it } from "vitest";
import type { Change, Commit, Repository } from "#metrics/events.ts";
import { HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aHosted, aLine, aRepository, factsOf } from "#test/support/builders.ts";

const DOES = "is ours";
const DOES_NOT = "is another repository's";

interface Told {
  readonly here: Partial<Repository>;
  readonly by: Partial<Commit>;
  readonly path: string | null;
  readonly changes: readonly Change[];
}

/** Whether a revert of change 3 by a path takes back what change 3 brought here. */
function said({ here = {}, by = {}, path = null, changes = [] }: Partial<Told>): string {
  const line = aLine(
    aCommit("added", { title: "Add a thing (#3)", changeNumber: 3 }),
    aCommit("undo", { authoredAt: HOUR, title: "Tidy up (#4)", ...by, reverts: [{ changeNumber: 3, path }] }),
  );
  const history = aHosted(line, { changes });
  const facts = factsOf({ ...history, repository: aRepository({ head: "undo", ...here }) });
  return facts.commits.some(({ sha, isRevert }) => sha === "undo" && isRevert) ? DOES : DOES_NOT;
}

describe("a number of a change that a revert names", () => {
  it.each<[string, Partial<Told>]>([
    ["without a path", { path: null }],
    ["by this repository's path", { path: "acme/shop" }],
    ["by its path in other letters", { path: "Acme/Shop" }],
    [
      "by the path of its address, which it has since it was renamed",
      { path: "bigcorp/store", here: { url: "https://github.com/bigcorp/store" } },
    ],
    [
      "by the path of a folder's address",
      { path: "acme/shop", here: { repository: "checkout", url: "https://github.com/acme/shop" } },
    ],
    ["by the path of a project in groups", { path: "acme/a/shop", here: { repository: "acme/a/shop" } }],
    [
      "by the last part of its path, as GitLab writes it within a group",
      { path: "shop", here: { repository: "acme/a/shop" } },
    ],
    [
      "by a path that ends like a folder whose address nobody knows",
      { path: "acme/shop", here: { repository: "shop" } },
    ],
  ])("is ours %s", (_, told) => {
    expect(said(told)).toBe(DOES);
  });

  it.each<[string, Partial<Told>]>([
    ["by another path", { path: "other/repo" }],
    ["by the path of another owner's repository of the same name", { path: "other/shop" }],
    [
      "by another path than a folder's address",
      { path: "other/shop", here: { repository: "shop", url: "https://github.com/acme/shop" } },
    ],
    ["by the end of its path, which is a project of its own", { path: "a/shop", here: { repository: "acme/a/shop" } }],
    ["by the last part of another path, within a group", { path: "cart", here: { repository: "acme/a/shop" } }],
    [
      "by a path that ends unlike a folder whose address nobody knows",
      { path: "other/repo", here: { repository: "shop" } },
    ],
    [
      "by another path under a title that quotes something else",
      { path: "other/repo", by: { title: 'Revert "Add another thing" (#4)' } },
    ],
    ["by another path under a title that is not a revert's", { path: "other/repo", by: { title: "Add a thing" } }],
  ])("is another repository's %s", (_, told) => {
    expect(said(told)).toBe(DOES_NOT);
  });
});

describe("a path that this repository may have had before it was renamed, transferred or forked", () => {
  it.each<[string, string]>([
    ["the title of the commit that brought the change", 'Revert "Add a thing (#3)" (#4)'],
    ["it without the number", 'Revert "Add a thing" (#4)'],
    ["it behind a type", 'fix(ci): Revert "Add a thing"'],
    ["it with GitLab's number", 'Revert "Add a thing" (!4)'],
  ])("is ours where the title of the revert quotes %s", (_, title) => {
    expect(said({ path: "old/name", by: { title } })).toBe(DOES);
  });

  it("is ours where the title of the revert quotes the title of the change that was merged", () => {
    const merge = aCommit("merge", { parents: ["base", "side"], title: "Merge pull request #3 from acme/topic" });
    const commits = [
      aCommit("base"),
      aCommit("side", { parents: ["base"] }),
      merge,
      aCommit("undo", {
        parents: ["merge"],
        title: 'Revert "Make it faster" (#4)',
        reverts: [{ changeNumber: 3, path: "old/name" }],
      }),
    ];
    const changes = [aChange(3, { title: "Make it faster", mergedAt: HOUR, mergeCommit: "merge" })];

    const [change] = factsOf(aHosted(commits, { changes })).changes;

    expect(change?.revertedBy).toBe("undo");
  });
});
