/** Who wrote a commit: a person, a program that follows rules, or a coding agent. The lists are those of every host. */
import type { ActorKind } from "#metrics/events.ts";
import type { Handle } from "../people.ts";

/**
 * Names that only agents have: of their accounts, and such as they sign commits with. Copilot reviews and writes under different
 * ones, and GitHub's two APIs name its account differently.
 */
const AGENT_NAMES = [
  "copilot",
  "copilot-swe-agent",
  "copilot-pull-request-reviewer",
  "devin-ai-integration",
  "claude code",
  "claude-code",
  "cursoragent",
  "cursor agent",
  "codex",
  "openai codex",
  "openai-codex",
  "chatgpt-codex-connector",
  "google-labs-jules",
  "gemini-cli",
  "gemini-code-assist",
  "amazon-q-developer",
  "openhands",
  "openhands-agent",
  "openhands-ai",
  "opencode-agent",
  "sweep-ai",
  "factory-droid",
  "coderabbitai",
  "greptile-apps",
  "gitlabduo",
];

/** Apps whose names are also people's, or plain words: agents only where the name says `[bot]`. */
const AGENT_APPS = ["claude", "cursor", "aider", "devin", "jules", "kiro", "junie"];

const AGENTS = new Set([...AGENT_NAMES, ...[...AGENT_NAMES, ...AGENT_APPS].map((name) => `${name}[bot]`)]);

/** What agents sign with where their name is a person's as well. */
const AGENT_ADDRESSES =
  /^(noreply@anthropic\.com|cursoragent@cursor\.com|(no-?reply|codex)@openai\.com|openhands@(all-hands|openhands)\.dev|(\d+\+)?(copilot|(claude|cursor|devin-ai-integration|google-labs-jules|chatgpt-codex-connector|opencode-agent)\[bot\]|cursoragent)@users\.noreply\.github\.com)$/;

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

/**
 * Of the author alone. A person who lets an agent help answers for the commit and stays human, whatever its trailers say
 * (`Co-authored-by: Claude`), and so does one whose name an agent has marked (`Ada (aider)`).
 */
export function actorKind(name: string, email: string): ActorKind {
  const [who, address] = [name.trim().toLowerCase(), email.trim().toLowerCase()];
  if (AGENT_ADDRESSES.test(address) || AGENTS.has(who)) return "agent";
  return BOT_ADDRESSES.test(address) || BOTS.some((pattern) => pattern.test(who)) ? "bot" : "human";
}

/** The author of a commit, who has an address, else only a name. */
export function authorOf(name: string, email: string): Handle {
  const identity = email.trim().toLowerCase() || name.trim();
  return {
    identity,
    called: [identity, ...accountsOf(identity)],
    shown: [name.trim(), email.trim()],
    kind: actorKind(name, email),
  };
}

/** Addresses that GitHub and GitLab give to accounts name them: `12+ada@users.noreply.github.com`, `12-ada@users.noreply.gitlab.com`. */
const ACCOUNT = /^(?:\d+\+|\d+-(?=.*@users\.noreply\.gitlab\.))?([^@]+)@users\.noreply\.(.+)$/;

function accountsOf(address: string): string[] {
  const [, login, host] = ACCOUNT.exec(address) ?? [];
  return login === undefined || host === undefined ? [] : [login, `${host}/${login}`];
}
