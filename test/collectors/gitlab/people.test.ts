import { describe, expect, it } from "vitest";
import { actorOf } from "#collectors/gitlab/people.ts";
import { peopleOf } from "#collectors/people.ts";

function actor(username: string, name: string) {
  return actorOf({ id: 7, username, name, bot: null }, peopleOf({ pseudonym: (identity) => identity }), "gitlab.com");
}

describe("an account on GitLab", () => {
  it.each([
    ["project_123_bot_0a1b2c", "****"],
    ["project_123_bot", "Release token"],
    ["group_9_bot_77", "Deploy"],
    ["service_account_group_9970_1976e9ec", "Importer"],
    ["gitlab-bot", "GitLab Bot"],
    ["support-bot", "GitLab Support Bot"],
    ["alert-bot", "GitLab Alert Bot"],
    ["renovate", "Renovate"],
    ["renovate-bot", "Mend"],
    ["gitlab-dependency-bot", "Updates"],
    ["dependabotbot", "dependabot[bot]"],
    ["updates77", "GitLab Renovate Bot"],
  ])("called %s (%s) is a bot", (username, name) => {
    expect(actor(username, name)).toEqual({ author: "gitlab.com/7", authorKind: "bot" });
  });

  it.each([
    ["tiago-botelho20", "Tiago Botelho"],
    ["abbot", "Abbott"],
    ["fran-ois-bobot", "François Bobot"],
    ["project_manager", "Project Manager"],
    ["ghostwriter", "Gwen Ghost"],
  ])("called %s (%s) is a person", (username, name) => {
    expect(actor(username, name)).toEqual({ author: "gitlab.com/7", authorKind: "human" });
  });

  it.each([
    ["GitLabDuo", "GitLab Duo"],
    ["copilot-swe-agent", "Copilot"],
  ])("called %s (%s) is an agent", (username, name) => {
    expect(actor(username, name).authorKind).toBe("agent");
  });

  it.each([
    ["ghost", "Ghost User"],
    ["ghost1", "Ghost User"],
  ])("called %s (%s) is nobody any more", (username, name) => {
    expect(actor(username, name).author).toBeNull();
  });

  it("that GitLab itself calls a bot is one", () => {
    const { authorKind } = actorOf(
      { id: 7, username: "x", name: "X", bot: true },
      peopleOf({ pseudonym: (identity) => identity }),
      "host",
    );

    expect(authorKind).toBe("bot");
  });

  it("that is missing is nobody", () => {
    expect(actorOf(null, peopleOf({ pseudonym: (identity) => identity }), "host").author).toBeNull();
  });

  it("is whom the configuration lists with it", () => {
    const people = peopleOf({
      pseudonym: String,
      identities: { people: [["ada@example.com", "ada", "gitlab.com/lovelace"]], bots: ["^robo"], agents: ["^coder$"] },
    });
    const known = (username: string, name: string, host = "gitlab.com") =>
      actorOf({ id: 7, username, name, bot: null }, people, host);

    expect(known("Ada", "Ada")).toEqual({ author: "ada@example.com", authorKind: "human" });
    expect(known("lovelace", "Ada")).toEqual({ author: "ada@example.com", authorKind: "human" });
    expect(known("lovelace", "Ada", "gitlab.acme.example").author).toBe("gitlab.acme.example/7");
    expect(known("robocop", "Alex")).toEqual({ author: "gitlab.com/7", authorKind: "bot" });
    expect(known("x", "Coder")).toEqual({ author: "gitlab.com/7", authorKind: "agent" });
  });
});
