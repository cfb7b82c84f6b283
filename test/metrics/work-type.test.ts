import { describe, expect, it } from "vitest";
import { workType } from "#metrics/work-type.ts";

const titled = (title: string, has: { readonly labels?: readonly string[]; readonly sourceBranch?: string } = {}) =>
  workType({ labels: [], sourceBranch: null, ...has, title });

describe("the kind of work", () => {
  it.each([
    ['Revert "feat: add a cart"', "revert"],
    ["revert: feat: add a cart", "revert"],
    ["Reverting is easy now", null],
    ["Bump lodash from 4.17.20 to 4.17.21", "dependency"],
    ["chore(deps): update dependency zod to v4", "dependency"],
    ["fix(deps-dev): update vitest", "dependency"],
    ["Bump the version", null],
    ["feat: add a cart", "feature"],
    ["feat(cart)!: add a cart", "feature"],
    ["fix: round half to even", "fix"],
    ["FIX(api): round half to even", "fix"],
    ["Fix rounding", "fix"],
    ["Fixed rounding", "fix"],
    ["Fixture for rounding", null],
    ["docs: explain the cart", "upkeep"],
    ["refactor(cart): split it", "upkeep"],
    ["Prefix: all names", null],
    ["Add a cart", null],
    ["", null],
  ])("of %j is %s", (title, type) => {
    expect(titled(title)).toBe(type);
  });

  it.each([
    [["bug"], "fix"],
    [["type: bug"], "fix"],
    [["kind/feature"], "feature"],
    [["enhancement"], "feature"],
    [["dependencies"], "dependency"],
    [["debugging"], null],
    [["docs", "bug"], "fix"],
  ])("is told by the labels %j: %s", (labels, type) => {
    expect(titled("Round half to even", { labels })).toBe(type);
  });

  it.each([
    ["fix/rounding", "fix"],
    ["hotfix-rounding", "fix"],
    ["feature/cart", "feature"],
    ["dependabot/npm_and_yarn/lodash-4.17.21", "dependency"],
    ["renovate/zod-4.x", "dependency"],
    ["fixture", null],
    ["main", null],
  ])("is told by the branch %s: %s", (sourceBranch, type) => {
    expect(titled("Round half to even", { sourceBranch })).toBe(type);
  });

  it("is what the title says before what labels and branch say, and labels before the branch", () => {
    expect(titled("feat: add a cart", { labels: ["bug"], sourceBranch: "fix/cart" })).toBe("feature");
    expect(titled("Add a cart", { labels: ["enhancement"], sourceBranch: "fix/cart" })).toBe("feature");
    expect(titled('Revert "Bump a from 1 to 2"', { sourceBranch: "renovate/a" })).toBe("revert");
  });
});
