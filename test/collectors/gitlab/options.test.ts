import { describe, expect, it } from "vitest";
import { GitLabOptions } from "#collectors/gitlab/options.ts";
import { gitlab } from "#collectors/gitlab/index.ts";

const minimal = { host: "gitlab", token: "secret", projects: ["acme/shell"] };

describe("the options of a GitLab source", () => {
  it("need a token and projects, and are about GitLab.com by default", () => {
    expect(GitLabOptions.parse(minimal)).toMatchObject({
      url: "https://gitlab.com",
      backfillDays: 90,
      incidentLabels: ["incident"],
      archived: true,
    });
  });

  it.each([
    ["https://git.example/", "https://git.example"],
    ["https://git.example/api/v4", "https://git.example"],
    ["http://127.0.0.1:8080/gitlab/", "http://127.0.0.1:8080/gitlab"],
  ])("take %s for the GitLab at %s", (url, meant) => {
    expect(GitLabOptions.parse({ ...minimal, url }).url).toBe(meant);
  });

  it.each([
    [{ projects: undefined }, "exactly one of `projects`"],
    [{ group: "acme" }, "exactly one of `projects`"],
    [{ production: "(" }, "no regular expression"],
    [{ url: "gitlab.com" }, "begins with https://"],
    [{ token: "" }, "token"],
    [{ repositories: ["acme/shell"] }, "repositories"],
  ])("refuse %j and say why", (wrong, why) => {
    const { error } = GitLabOptions.safeParse({ ...minimal, ...wrong });

    expect(JSON.stringify(error?.issues)).toContain(why);
  });

  it("name the source by its first project, so that others can be added, or by its group", () => {
    const source = (options: object) =>
      gitlab(GitLabOptions.parse({ host: "gitlab", token: "secret", ...options }), { pseudonym: String }).source;

    expect(source({ projects: ["acme/shell"] })).toBe("gitlab:https://gitlab.com/acme/shell");
    expect(source({ projects: ["acme/shell", "acme/web"] })).toBe(source({ projects: ["acme/shell"] }));
    expect(source({ group: "acme" })).toBe("gitlab:https://gitlab.com/acme");
  });
});
