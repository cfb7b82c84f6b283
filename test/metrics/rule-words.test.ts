import { describe, expect, it } from "vitest";
import type { Route } from "#metrics/facts.ts";
import { defaultRule, describeRule } from "#metrics/releases.ts";
import { ruleWords } from "#metrics/rule-words.ts";

const usual = { origins: null, releases: defaultRule, production: null };
const tags = describeRule(defaultRule);

describe("what counts as a deployment, in words", () => {
  it.each<[Route | null, string | null, string]>([
    ["deployment", "GitHub", "deployments to production, from GitHub"],
    ["deployment", null, "deployments to production, from their host"],
    ["push", null, "deployments to production, as they were pushed"],
    ["release", "GitLab", "published releases on GitLab stand in for deployments"],
    ["release", null, "published releases stand in for deployments"],
    ["tag", "GitHub", tags],
    ["tag", null, tags],
    [null, null, tags],
    [
      null,
      "GitHub",
      `deployments to production, from GitHub; as long as there are none, published releases or else ${tags}`,
    ],
  ])("is, by way of %s on %s: %s", (route, host, words) => {
    expect(ruleWords(route, usual, host)).toBe(words);
  });

  it("names the pattern by which environments are production", () => {
    expect(ruleWords("deployment", { ...usual, production: "^gprd$" }, "GitLab")).toBe(
      "deployments to environments matching ^gprd$, from GitLab",
    );
  });

  it.each([
    ["prerelease", "published releases and prereleases on GitHub stand in for deployments"],
    ["^shop@", "published releases matching ^shop@ on GitHub stand in for deployments"],
  ])("says which releases count: %s", (which, words) => {
    expect(ruleWords("release", { ...usual, releases: { tags: which, branch: "any" } }, "GitHub")).toBe(words);
  });
});
