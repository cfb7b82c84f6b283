import { describe, expect, it } from "vitest";
import { matches, Pattern, runMatcher } from "#collectors/patterns.ts";

describe("a name is included", () => {
  it.each([
    ["when nothing is said", [], [], true],
    ["by its owner", ["acme/*"], [], true],
    ["in any case", ["ACME/Shop"], [], true],
    ["by one character", ["acme/sho?"], [], true],
    ["not by a part of it", ["acme/sho"], [], false],
    ["not by a star for what lies deeper", ["*"], [], false],
    ["by two stars for whatever lies deeper", ["**"], [], true],
    ["not by signs that mean something elsewhere", ["acme.shop", "acme/(shop)"], [], false],
    ["not when it is excluded", ["acme/*"], ["**/shop"], false],
  ])("%s", (_, include, exclude, expected) => {
    expect(matches("acme/shop", { include, exclude })).toBe(expected);
  });
});

describe("a run is meant", () => {
  it.each([
    ["by nothing, when there is no filter", [], false],
    ["by a filter that says nothing", [{ name: null, branch: null }], true],
    ["by its name", [{ name: "^Deploy", branch: null }], true],
    ["not by its name on another branch", [{ name: "^Deploy", branch: "^release/" }], false],
    [
      "by any of several",
      [
        { name: "^CI$", branch: null },
        { name: null, branch: "main" },
      ],
      true,
    ],
  ])("%s", (_, filters, expected) => {
    expect(runMatcher(filters)("Deploy to production", "main")).toBe(expected);
  });

  it("by no pattern on branches, when it has none", () => {
    expect(runMatcher([{ name: null, branch: "." }])("Deploy", null)).toBe(false);
  });
});

it.each(["(", ""])("%o is no pattern", (text) => {
  expect(Pattern.safeParse(text).success).toBe(false);
});
