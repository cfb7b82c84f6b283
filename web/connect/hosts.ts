/** What the wizard knows of each host. */

export type Host = "github" | "gitlab";

interface HostWords {
  readonly name: string;
  readonly url: string;
  readonly ownUrl: string;
  readonly variable: string;
  /** What one chooses from. */
  readonly owners: string;
  readonly repositories: string;
  readonly scopes: string;
}

export const HOSTS: Record<Host, HostWords> = {
  github: {
    name: "GitHub",
    url: "https://api.github.com",
    ownUrl: "For GitHub Enterprise the address ends in /api/v3.",
    variable: "GITHUB_TOKEN",
    owners: "organisation",
    repositories: "repositories",
    scopes:
      "A classic token needs repo and read:org. A fine-grained one needs read access to Contents, Pull requests, Deployments, Actions and Issues.",
  },
  gitlab: {
    name: "GitLab",
    url: "https://gitlab.com",
    ownUrl: "For a GitLab of your own: its address, without /api.",
    variable: "GITLAB_TOKEN",
    owners: "group",
    repositories: "projects",
    scopes: "A personal, group or project access token with the scope read_api and the role Reporter.",
  },
};

/** What an app needs, as GitHub's form for a new one takes it. */
const APP_NEEDS = {
  contents: "read",
  pull_requests: "read",
  deployments: "read",
  actions: "read",
  issues: "read",
  security_events: "read",
  vulnerability_alerts: "read",
  secret_scanning_alerts: "read",
};

export const APP_SCOPES =
  "The app needs read access to Contents, Pull requests, Deployments, Actions and Issues; to alerts, if they should be read. Its settings show its id and make its private key, a .pem file. The address of its installation ends with the installation's number.";

/** Where an app is made, with what it needs filled in; `null` while the address is none. */
export function newAppAt(address: string): string | null {
  const site = siteOf(address);
  if (site === null) return null;
  const filled = new URLSearchParams({ name: "Headway", public: "false", webhook_active: "false", ...APP_NEEDS });
  return `${site}/settings/apps/new?${filled}`;
}

/** The host's pages, by the address of its API; `null` while that is none. */
function siteOf(address: string): string | null {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return origin === "https://api.github.com" ? "https://github.com" : origin;
}

/** Where a token is made, with what it needs filled in; `null` while the address is none. */
export function newTokenAt(host: Host, address: string): string | null {
  const site = siteOf(address);
  if (site === null) return null;
  return host === "gitlab"
    ? `${site}/-/user_settings/personal_access_tokens?name=Headway&scopes=read_api`
    : `${site}/settings/tokens/new?description=Headway&scopes=repo,read:org`;
}
