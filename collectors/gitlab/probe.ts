/** What a GitLab token may do and see: https://docs.gitlab.com/api/personal_access_tokens/ */
import { DAY } from "#metrics/time.ts";
import { z } from "zod";
import { statusOf } from "../polite/index.ts";
import { asking, orNothing, OUTLOOK_DAYS, PAGES } from "../probe.ts";
import type { Asking, Grant, Outlook, Owner, Probed, ProbeOptions, Seen } from "../probe.ts";

const At = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => Date.parse(text))
  .nullish()
  .transform((at) => at ?? null);
const Self = z.object({ scopes: z.array(z.string()), expires_at: At });
const User = z.object({ username: z.string() });
const Project = z.object({
  path_with_namespace: z.string(),
  visibility: z.string().nullish(),
  archived: z.boolean().nullish(),
  last_activity_at: At,
});
type Project = z.infer<typeof Project>;
const Group = z.object({ full_path: z.string() });
const Deployment = z.object({ environment: z.object({ name: z.string() }).nullish(), created_at: At });
const Release = z.object({ released_at: At });

export async function probe(options: ProbeOptions): Promise<Probed> {
  const asked = toGitLab(options);
  const self = await selfOf(asked);
  const scopes = self?.scopes ?? null;
  const canRead = scopes === null || scopes.includes("api") || scopes.includes("read_api");
  const account = await accountOf(asked);
  const { projects, isWhole } = canRead ? await visible(asked) : { projects: [], isWhole: true };
  const groups = canRead ? await groupsOf(asked) : [];
  const tryOn = options.tryOn ?? projects[0]?.path_with_namespace ?? null;
  return {
    account,
    kind: scopes === null ? "token of an older GitLab, which does not say its scopes" : "access token",
    expiresAt: self?.expires_at ?? null,
    scopes,
    grants: [readApi(scopes), ...(canRead ? await triedGrants(asked, tryOn) : [])],
    triedOn: canRead ? tryOn : null,
    owners: groups.map((name): Owner => ({ name, kind: "group" })),
    repositories: projects.map(seen),
    isWhole,
  };
}

/** The deployments and releases of the last 90 days, as far as one page of each reaches. */
export async function outlook(options: ProbeOptions, project: string, now: number): Promise<Outlook> {
  const asked = toGitLab(options);
  const since = now - OUTLOOK_DAYS * DAY;
  const at = `/projects/${encodeURIComponent(project)}`;
  const recent = `order_by=updated_at&sort=desc&updated_after=${new Date(since).toISOString()}`;
  const deployments = await orNothing(asked.ask(`${at}/deployments?per_page=100&${recent}`, z.array(Deployment)));
  const releases = await orNothing(asked.ask(`${at}/releases?per_page=100`, z.array(Release)));
  const environments = new Map<string, number>();
  for (const { environment, created_at } of deployments) {
    const name = environment?.name ?? "unknown";
    if ((created_at ?? 0) >= since) environments.set(name, (environments.get(name) ?? 0) + 1);
  }
  return {
    repository: project,
    environments,
    releases: releases.filter((one) => (one.released_at ?? 0) >= since).length,
  };
}

function toGitLab(options: ProbeOptions): Asking {
  return asking("gitlab", options, `${options.url}/api/v4`, { "private-token": options.token });
}

/** GitLab before 15.5 does not know the question, and then everything is tried. */
async function selfOf(asked: Asking): Promise<z.infer<typeof Self> | null> {
  return withheld(asked.ask("/personal_access_tokens/self", Self).then(({ data }) => data));
}

/** A token of a group or a project stands for an account of its own, and one with few scopes may not ask. */
async function accountOf(asked: Asking): Promise<string> {
  return (await withheld(asked.ask("/user", User).then(({ data }) => data.username))) ?? "unknown";
}

async function withheld<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return null;
    throw error;
  }
}

function readApi(scopes: readonly string[] | null): Grant {
  return {
    name: "read_api",
    has: scopes === null ? null : scopes.includes("api") || scopes.includes("read_api"),
    why: "Everything: projects, merge requests, deployments, pipelines and issues. Without it nothing can be collected.",
  };
}

const TRIED = [
  { name: "Repository (role Reporter)", path: "/repository/commits?per_page=1", what: "commits and tags" },
  { name: "Merge requests", path: "/merge_requests?per_page=1", what: "merge requests and their reviews" },
  {
    name: "Deployments (role Reporter)",
    path: "/deployments?per_page=1",
    what: "deployments, by which lead time ends",
  },
  { name: "Pipelines", path: "/pipelines?per_page=1", what: "pipelines" },
  { name: "Issues", path: "/issues?per_page=1", what: "incidents" },
] as const;

/** What may be read also depends on the account's role in the project, so each thing is tried once. */
async function triedGrants(asked: Asking, project: string | null): Promise<Grant[]> {
  return Promise.all(
    TRIED.map(async ({ name, path, what }) => ({
      name,
      has: project === null ? null : await asked.may(`/projects/${encodeURIComponent(project)}${path}`),
      why: `Needed to read ${what}. Where the project has switched this off, there is nothing to read.`,
    })),
  );
}

async function visible(asked: Asking): Promise<{ projects: Project[]; isWhole: boolean }> {
  const found = new Map<string, Project>();
  for (let page = 1; page <= PAGES; page++) {
    const query = `membership=true&simple=false&order_by=last_activity_at&sort=desc&per_page=100&page=${page}`;
    const { data, headers } = await asked.ask(`/projects?${query}`, z.array(Project));
    for (const project of data) found.set(project.path_with_namespace, project);
    if ((headers.get("x-next-page") ?? "") === "") return { projects: [...found.values()], isWhole: true };
  }
  return { projects: [...found.values()], isWhole: false };
}

async function groupsOf(asked: Asking): Promise<string[]> {
  const groups = await withheld(asked.ask("/groups?min_access_level=10&per_page=100&order_by=path", z.array(Group)));
  return groups === null ? [] : groups.data.map(({ full_path }) => full_path);
}

function seen({ path_with_namespace, visibility, archived, last_activity_at }: Project): Seen {
  return {
    name: path_with_namespace,
    isPrivate: (visibility ?? "private") !== "public",
    isArchived: archived === true,
    changedAt: last_activity_at,
  };
}
