import { describe, expect, it } from "vitest";
import { actorKind } from "#collectors/git/actors.ts";

describe("an author", () => {
  it.each([
    ["dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"],
    ["renovate", "bot@renovateapp.com"],
    ["Renovate Bot", "renovate@whitesourcesoftware.com"],
    ["GitLab Renovate Bot", "gitlab-bot@gitlab.com"],
    ["GitLab Dependency Bot", "x@example.com"],
    ["semantic-release-bot", "semantic-release-bot@martynus.net"],
    ["greenkeeper", "support@greenkeeper.io"],
    ["snyk-bot", "snyk-bot@snyk.io"],
    ["GitHub Actions", "action@github.com"],
    ["Release token", "project_123_bot_0a1b2c@noreply.gitlab.com"],
    ["Group token", "group_7_bot@noreply.gitlab.com"],
    ["k8s-ci-robot", "x@example.com"],
  ])("called %s <%s> is a bot", (name, email) => {
    expect(actorKind(name, email)).toBe("bot");
  });

  it.each([
    ["Copilot", "198982749+Copilot@users.noreply.github.com"],
    ["copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com"],
    ["devin-ai-integration[bot]", "158243242+devin-ai-integration[bot]@users.noreply.github.com"],
    ["Claude", "noreply@anthropic.com"],
    ["claude[bot]", "209825114+claude[bot]@users.noreply.github.com"],
    ["Cursor Agent", "cursoragent@cursor.com"],
    ["Codex", "codex@openai.com"],
    ["google-labs-jules[bot]", "161369871+google-labs-jules[bot]@users.noreply.github.com"],
    ["copilot-pull-request-reviewer[bot]", ""],
    ["copilot-pull-request-reviewer", ""],
    ["devin-ai-integration", ""],
    ["Devin AI", "158243242+devin-ai-integration[bot]@users.noreply.github.com"],
    ["cursor[bot]", "206951365+cursor[bot]@users.noreply.github.com"],
    ["Cursor", "cursoragent@users.noreply.github.com"],
    ["openhands", "openhands@all-hands.dev"],
    ["openhands-ai[bot]", ""],
    ["codex", ""],
    ["chatgpt-codex-connector[bot]", ""],
    ["gemini-code-assist[bot]", ""],
    ["opencode-agent[bot]", "opencode-agent[bot]@users.noreply.github.com"],
    ["coderabbitai[bot]", "136622811+coderabbitai[bot]@users.noreply.github.com"],
    ["GitLabDuo", ""],
  ])("called %s <%s> is an agent", (name, email) => {
    expect(actorKind(name, email)).toBe("agent");
  });

  it.each([
    ["Ada Lovelace", "ada@example.com"],
    ["Tiago Botelho", "tiago@example.com"],
    ["Pieter Bot", "pieter@example.com"],
    ["Claude Shannon", "claude@example.com"],
    ["Abbott", "abbot@example.com"],
    ["Devin", "devin@example.com"],
    ["Duo Developer", ""],
    ["Claude", "claude@example.com"],
    ["Jules Verne", "jules@example.com"],
    ["cursor", "cursor@example.com"],
    ["Ada (aider)", "ada@example.com"],
    ["Ada Lovelace", "ada@openai.com"],
    ["", ""],
  ])("called %s <%s> is a person", (name, email) => {
    expect(actorKind(name, email)).toBe("human");
  });
});
