/** What a token must allow, and whether it does. */
import type { Asking, Grant } from "../probe.ts";

/** By scopes: https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
export function classicGrants(scopes: readonly string[]): Grant[] {
  const has = (...names: string[]) => names.some((name) => scopes.includes(name));
  return [
    {
      name: "repo",
      has: has("repo"),
      why: "Private repositories: their commits, pull requests, deployments, workflow runs, issues and alerts. Without it only public repositories can be read.",
    },
    {
      name: "read:org",
      has: has("read:org", "write:org", "admin:org"),
      why: "The organisation's list of repositories and your memberships. Without it an organisation may seem smaller than it is.",
    },
  ];
}

interface Permission {
  /** As people are shown it. */
  readonly name: string;
  /** As apps are told it. */
  readonly key: string;
  /** What needs it, in a repository. */
  readonly path: string;
  readonly what: string;
}

/** https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
const NEEDED: readonly Permission[] = [
  { name: "Contents: read", key: "contents", path: "/commits?per_page=1", what: "commits, tags and releases" },
  {
    name: "Pull requests: read",
    key: "pull_requests",
    path: "/pulls?state=all&per_page=1",
    what: "pull requests and their reviews",
  },
  {
    name: "Deployments: read",
    key: "deployments",
    path: "/deployments?per_page=1",
    what: "deployments, by which lead time ends",
  },
  { name: "Actions: read", key: "actions", path: "/actions/runs?per_page=1", what: "workflow runs" },
  {
    name: "Issues: read",
    key: "issues",
    path: "/issues?state=all&per_page=1",
    what: "incidents, which are labelled issues",
  },
];

/** Everything else works without them. */
const ALERTS: readonly Permission[] = [
  {
    name: "Code scanning alerts: read",
    key: "security_events",
    path: "/code-scanning/alerts?per_page=1",
    what: "the alerts of code scanning",
  },
  {
    name: "Dependabot alerts: read",
    key: "vulnerability_alerts",
    path: "/dependabot/alerts?per_page=1",
    what: "the alerts of Dependabot",
  },
  {
    name: "Secret scanning alerts: read",
    key: "secret_scanning_alerts",
    path: "/secret-scanning/alerts?hide_secret=true&per_page=1",
    what: "the alerts of secret scanning",
  },
];

/** Fine-grained tokens do not say what they may do, so each thing is tried once. */
export async function triedGrants(asked: Asking, repository: string | null): Promise<Grant[]> {
  const may = async ({ path }: Permission) => (repository === null ? null : asked.may(`/repos/${repository}${path}`));
  const needed = NEEDED.map(async (one) => grant(one, await may(one)));
  // Who is not told of alerts may lack the permission, or the feature is off there.
  const alerts = ALERTS.map(async (one) => grant(one, (await may(one)) === true ? true : null));
  return Promise.all([...needed, ...alerts]);
}

/**
 * An app is told what it may do.
 *
 * @param permissions by name, such as `{ contents: "read" }`.
 */
export function appGrants(permissions: Readonly<Record<string, string>>, withAlerts: boolean): Grant[] {
  const all = withAlerts ? [...NEEDED, ...ALERTS] : NEEDED;
  return all.map((one) => grant(one, one.key in permissions));
}

function grant(permission: Permission, has: boolean | null): Grant {
  const { name, what } = permission;
  const rest = ALERTS.includes(permission) ? " Everything else works without it." : "";
  return { name, has, why: `Needed to read ${what}.${rest}` };
}
