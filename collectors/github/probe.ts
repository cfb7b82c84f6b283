/** What a GitHub token may do and see: https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
import { DAY } from "#metrics/time.ts";
import { z } from "zod";
import { HostError } from "../collector.ts";
import { asking, OUTLOOK_DAYS, PAGES } from "../probe.ts";
import type { Asking, Grant, Outlook, Owner, Probed, ProbeOptions, Seen } from "../probe.ts";

const User = z.object({ login: z.string() });
const At = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .nullish()
  .transform((at) => at ?? null);
const Repository = z.object({
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean().default(false),
  pushed_at: At,
  owner: z.object({ login: z.string(), type: z.string() }),
});
type Repository = z.infer<typeof Repository>;
const Organization = z.object({ login: z.string() });
const Deployment = z.object({ environment: z.string(), created_at: At });
const Release = z.object({ published_at: At, draft: z.boolean() });

export async function probe(options: ProbeOptions): Promise<Probed> {
  const asked = toGitHub(options);
  const { data: user, headers } = await asked.ask("/user", User);
  const scopes = scopesOf(headers);
  const { repositories, isWhole } = await visible(asked);
  const organizations = await orNothing(asked.ask("/user/orgs?per_page=100", z.array(Organization)));
  const tryOn = options.tryOn ?? (repositories.find((one) => one.private) ?? repositories[0])?.full_name ?? null;
  const isTold = scopes !== null;
  return {
    account: user.login,
    kind: isTold ? "personal access token (classic)" : "fine-grained or app token",
    expiresAt: expiryOf(headers),
    scopes,
    grants: isTold ? classicGrants(scopes) : await triedGrants(asked, tryOn),
    triedOn: isTold ? null : tryOn,
    owners: ownersOf(
      user.login,
      organizations.map(({ login }) => login),
      repositories,
    ),
    repositories: repositories.map(seen),
    isWhole,
  };
}

/** The deployments and releases of the last 90 days, as far as one page of each reaches. */
export async function outlook(options: ProbeOptions, repository: string, now: number): Promise<Outlook> {
  const asked = toGitHub(options);
  const since = now - OUTLOOK_DAYS * DAY;
  const deployments = await orNothing(asked.ask(`/repos/${repository}/deployments?per_page=100`, z.array(Deployment)));
  const releases = await orNothing(asked.ask(`/repos/${repository}/releases?per_page=100`, z.array(Release)));
  const environments = new Map<string, number>();
  for (const { environment, created_at } of deployments)
    if ((created_at ?? 0) >= since) environments.set(environment, (environments.get(environment) ?? 0) + 1);
  const recent = releases.filter(({ draft, published_at }) => !draft && (published_at ?? 0) >= since);
  return { repository, environments, releases: recent.length };
}

function toGitHub(options: ProbeOptions): Asking {
  return asking("github", options, options.url, {
    authorization: `token ${options.token}`,
    accept: "application/vnd.github+json",
  });
}

async function orNothing<Item>(asked: Promise<{ data: Item[] }>): Promise<Item[]> {
  try {
    return (await asked).data;
  } catch (error) {
    if (error instanceof HostError && error.reason !== "unavailable") return [];
    throw error;
  }
}

/** Classic tokens say their scopes with every answer, even when they have none; others never do. */
function scopesOf(headers: Headers): string[] | null {
  const text = headers.get("x-oauth-scopes");
  return text === null
    ? null
    : text
        .split(",")
        .map((scope) => scope.trim())
        .filter((scope) => scope !== "");
}

/** `2026-12-31 12:00:00 UTC`. */
function expiryOf(headers: Headers): number | null {
  const text = headers.get("github-authentication-token-expiration");
  const at = text === null ? Number.NaN : Date.parse(text.replace(" UTC", "Z").replace(" ", "T"));
  return Number.isNaN(at) ? null : at;
}

function classicGrants(scopes: readonly string[]): Grant[] {
  const has = (...names: string[]) => names.some((name) => scopes.includes(name));
  return [
    {
      name: "repo",
      has: has("repo"),
      why: "Private repositories: their commits, pull requests, deployments, workflow runs and issues. Without it only public repositories can be read.",
    },
    {
      name: "read:org",
      has: has("read:org", "write:org", "admin:org"),
      why: "The organisation's list of repositories and your memberships. Without it an organisation may seem smaller than it is.",
    },
  ];
}

const TRIED = [
  { name: "Contents: read", path: "/commits?per_page=1", what: "commits, tags and releases" },
  { name: "Pull requests: read", path: "/pulls?state=all&per_page=1", what: "pull requests and their reviews" },
  { name: "Deployments: read", path: "/deployments?per_page=1", what: "deployments, by which lead time ends" },
  { name: "Actions: read", path: "/actions/runs?per_page=1", what: "workflow runs" },
  { name: "Issues: read", path: "/issues?state=all&per_page=1", what: "incidents, which are labelled issues" },
] as const;

/** Fine-grained tokens do not say what they may do, so each thing is tried once. */
async function triedGrants(asked: Asking, repository: string | null): Promise<Grant[]> {
  return Promise.all(
    TRIED.map(async ({ name, path, what }) => ({
      name,
      has: repository === null ? null : await asked.may(`/repos/${repository}${path}`),
      why: `Needed to read ${what}.`,
    })),
  );
}

async function visible(asked: Asking): Promise<{ repositories: Repository[]; isWhole: boolean }> {
  const found = new Map<string, Repository>();
  for (let page = 1; page <= PAGES; page++) {
    const { data, headers } = await asked.ask(`/user/repos?sort=pushed&per_page=100&page=${page}`, z.array(Repository));
    for (const repository of data) found.set(repository.full_name, repository);
    if (!/rel="next"/.test(headers.get("link") ?? "")) return { repositories: [...found.values()], isWhole: true };
  }
  return { repositories: [...found.values()], isWhole: false };
}

/** Organisations first, by name; those of which only repositories are seen are there, too. */
function ownersOf(account: string, organizations: readonly string[], repositories: readonly Repository[]): Owner[] {
  const names = new Set(organizations);
  for (const { owner } of repositories) if (owner.type === "Organization") names.add(owner.login);
  const own = repositories.some(({ owner }) => owner.login === account);
  return [
    ...[...names].sort((a, b) => a.localeCompare(b)).map((name): Owner => ({ name, kind: "organization" })),
    ...(own ? [{ name: account, kind: "person" } as const] : []),
  ];
}

function seen({ full_name, private: isPrivate, archived, pushed_at }: Repository): Seen {
  return { name: full_name, isPrivate, isArchived: archived, changedAt: pushed_at };
}
