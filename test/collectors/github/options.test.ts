import { describe, expect, it } from "vitest";
import { GitHubOptions } from "#collectors/github/options.ts";
import { Config } from "#config/schema.ts";

const least = { host: "github", token: "t", repositories: ["acme/shop"] };

describe("the configuration of a GitHub source", () => {
  it("needs a token and repositories; the rest has defaults", () => {
    expect(GitHubOptions.parse(least)).toMatchObject({
      url: "https://api.github.com",
      archived: true,
      forks: false,
      backfillDays: 90,
      incidentLabels: ["incident"],
      runs: true,
      alerts: true,
      budget: 0.8,
    });
  });

  it.each([
    ["neither a token nor an app", { token: undefined }],
    ["both a token and an app", { app: { id: 1, privateKey: "k", installation: 2 } }],
    ["both repositories and an organisation", { organization: "acme" }],
    ["a repository without its owner", { repositories: ["shop"] }],
    ["a pattern that is none", { production: "(" }],
    ["an address that is none", { url: "github" }],
    ["a key that it does not know", { repos: [] }],
  ])("refuses %s", (_, has) => {
    expect(GitHubOptions.safeParse({ ...least, ...has }).success).toBe(false);
  });

  it("tells two of one owner apart by a name, and asks for one where there is none", () => {
    const other = { ...least, repositories: ["acme/api"] };

    const same = Config.safeParse({ sources: [least, other] });
    const named = Config.safeParse({ sources: [least, { ...other, name: "Payments" }] });

    expect(same.error?.message).toContain('called \\"acme on GitHub\\" like sources[0]');
    expect(same.error?.message).toContain("Give one of them another `name`.");
    expect(named.success).toBe(true);
  });

  it("takes the address of GitHub Enterprise, with or without a stroke at its end", () => {
    expect(GitHubOptions.parse({ ...least, url: "https://ghe.example/api/v3/" }).url).toBe(
      "https://ghe.example/api/v3",
    );
  });
});
