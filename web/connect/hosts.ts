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

/** Where a token is made, with what it needs filled in; `null` while the address is none. */
export function newTokenAt(host: Host, address: string): string | null {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  if (host === "gitlab") return `${origin}/-/user_settings/personal_access_tokens?name=Headway&scopes=read_api`;
  const site = origin === "https://api.github.com" ? "https://github.com" : origin;
  return `${site}/settings/tokens/new?description=Headway&scopes=repo,read:org`;
}
