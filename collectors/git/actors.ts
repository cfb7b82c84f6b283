/** Who wrote a commit: a person, a program that follows rules, or a coding agent. */
import type { ActorKind } from "#metrics/events.ts";

/** Accounts under which coding agents write commits themselves. Their first names are also people's, so addresses decide. */
const AGENTS = [
  /^(copilot|copilot-swe-agent|devin-ai-integration|claude|claude-code|cursor|cursoragent|codex|openai-codex|chatgpt-codex-connector|google-labs-jules|gemini-code-assist|gemini-cli|amazon-q-developer|openhands-agent|sweep-ai|factory-droid|aider)\[bot\]$/,
  /^(copilot|copilot-swe-agent|devin-ai-integration|cursor ?agent|openhands|openai codex|claude code)$/,
];
const AGENT_ADDRESSES =
  /^(noreply@anthropic\.com|cursoragent@cursor\.com|(no-?reply|codex)@openai\.com|openhands@all-hands\.dev|\d+\+(copilot|claude|devin-ai-integration|cursoragent)(\[bot\])?@users\.noreply\.github\.com)$/;

/** Programs that write commits by rule, under a name that does not say `[bot]`. */
const BOTS = [
  /\[bot\]/,
  /^(dependabot|dependabot-preview|renovate|greenkeeper|greenkeeperio|github-actions|github actions|gitlab-ci|gitlab ci|semantic-release|allcontributors|imgbot|mergify|travis ci|circleci|jenkins|pre-commit-ci|weblate|hosted weblate|pyup|snyk|whitesource|mend renovate)$/,
  /[-_](bot|robot)$/,
  /\b(renovate|dependency|dependencies|release|release tools|security|snyk|update|updates|build|ci|deploy|merge|automation|translation|mergify) bot$/,
];

/** GitLab's access tokens of projects and groups: `project_12_bot_ab34@noreply.gitlab.com`. */
const BOT_ADDRESSES =
  /\[bot\]|^(project|group)_\d+_bot(_?\w*)?@|^(bot|renovate|dependabot|action)@|^support@dependabot\.com$/;

export function actorKind(name: string, email: string): ActorKind {
  const [who, address] = [name.trim().toLowerCase(), email.trim().toLowerCase()];
  if (AGENT_ADDRESSES.test(address) || AGENTS.some((pattern) => pattern.test(who))) return "agent";
  return BOT_ADDRESSES.test(address) || BOTS.some((pattern) => pattern.test(who)) ? "bot" : "human";
}
