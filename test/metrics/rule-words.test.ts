import { describe, expect, it } from "vitest";
import type { Route } from "#metrics/facts.ts";
import { defaultRule, describeRule } from "#metrics/releases.ts";
import { pathWords, ruleWords } from "#metrics/rule-words.ts";
import type { DeploymentRules } from "#metrics/rules.ts";

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

  it.each<[DeploymentRules["origins"], string]>([
    [[{ from: "deployments" }], "deployments to production, from GitHub, and what is pushed for production"],
    [
      [{ from: "jobs", name: "^deploy$", workflow: "^CD$", branch: "^main$", environment: "live" }],
      "successful jobs matching ^deploy$ of workflows matching ^CD$ on branches matching ^main$, as deployments to live, and what is pushed for production",
    ],
    [
      [{ from: "runs", name: "^CD$", branch: null, environment: "production" }],
      "successful runs of workflows matching ^CD$, and what is pushed for production",
    ],
    [[{ from: "releases" }], "published releases on GitHub, and what is pushed for production"],
    [
      [{ from: "tags" }],
      "stable version tags (1.2.3, v1.2.3, pkg@1.2.3) on any branch, and what is pushed for production",
    ],
    [[{ from: "pushes" }], "what is pushed for production"],
    [
      [{ from: "merges" }, { from: "releases" }],
      "published releases on GitHub, merges to the default branch as a proxy for deployments, and what is pushed for production; the same roll-out counts once",
    ],
  ])("is, by the rule %j: %s", (origins, words) => {
    expect(ruleWords("tag", { ...usual, origins }, "GitHub")).toBe(words);
  });

  it.each([
    [null, ""],
    [["apps/**", "libs/**"], "; commits and changes of apps/**, libs/**"],
    [["!docs/**"], "; commits and changes of all files but not docs/**"],
    [["apps/**", "!**/*.md"], "; commits and changes of apps/** but not **/*.md"],
  ])("says of which files: %j", (paths, words) => {
    expect(pathWords(paths)).toBe(words);
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
