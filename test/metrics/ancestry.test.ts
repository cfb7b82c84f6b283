import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStrictAncestor, ranks } from "#metrics/ancestry.ts";
import { graph } from "#metrics/graph.ts";
import type { History } from "#metrics/history.ts";
import { aCommit, contained, histories } from "#test/support/builders.ts";

const MANY = { numRuns: 400 };

/** A history's commits in their order, asked by sha. */
function asked({ commits }: Pick<History, "commits">) {
  const walked = graph(commits);
  const rank = ranks(walked);
  const position = (sha: string) => walked.at.get(sha) ?? -1;
  return {
    rankOf: (sha: string) => rank[position(sha)] ?? -1,
    isStrict: (ancestor: string, descendant: string) =>
      isStrictAncestor(walked, rank, position(ancestor), position(descendant)),
    parentsOf: (sha: string) => commits[position(sha)]?.parents.filter((parent) => walked.at.has(parent)) ?? [],
  };
}

/** The definition, by the plainest walk there is. */
function properlyContained(history: History, sha: string): readonly string[] {
  const inside = contained(history, sha);
  return history.commits.map(({ id }) => id).filter((id) => id !== sha && inside.has(id));
}

describe("the ranks of commits", () => {
  it("are different, and greater than those of all ancestors", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { rankOf, parentsOf } = asked(history);
        const ids = history.commits.map(({ id }) => id);
        expect(new Set(ids.map(rankOf)).size).toBe(ids.length);
        for (const id of ids) for (const parent of parentsOf(id)) expect(rankOf(id)).toBeGreaterThan(rankOf(parent));
      }),
      MANY,
    );
  });
});

describe("a strict ancestor", () => {
  it("is whatever a commit contains, but itself", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { isStrict } = asked(history);
        const ids = history.commits.map(({ id }) => id);
        for (const sha of ids)
          expect(ids.filter((other) => isStrict(other, sha))).toEqual(properlyContained(history, sha));
      }),
      MANY,
    );
  });

  it("is found past a diamond, and not on the other side of one", () => {
    const { isStrict } = asked({
      commits: [
        aCommit("root"),
        aCommit("left", { parents: ["root"] }),
        aCommit("right", { parents: ["root"] }),
        aCommit("merge", { parents: ["left", "right"] }),
      ],
    });

    expect(isStrict("root", "merge")).toBe(true);
    expect(isStrict("right", "merge")).toBe(true);
    expect(isStrict("left", "right")).toBe(false);
    expect(isStrict("merge", "merge")).toBe(false);
  });
});
