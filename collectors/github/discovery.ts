/** Which repositories are meant. */
import { z } from "zod";
import { statusOf } from "../polite/index.ts";
import type { Client, Page } from "./client.ts";
import type { GitHubOptions } from "./options.ts";

const Listed = z.object({ full_name: z.string(), archived: z.boolean(), fork: z.boolean() });
type Listed = z.infer<typeof Listed>;

/** `owner/name` of every repository to read. */
export async function discover(client: Client, options: GitHubOptions): Promise<string[]> {
  if (options.repositories !== undefined) return [...new Set(options.repositories)];
  const all = await listed(client, options.organization ?? "");
  return all.filter((repository) => isWanted(repository, options)).map(({ full_name }) => full_name);
}

export function isWanted({ full_name, archived, fork }: Listed, options: GitHubOptions): boolean {
  if ((archived && !options.archived) || (fork && !options.forks)) return false;
  const { include, exclude } = options;
  if (include !== undefined && !include.some((glob) => matches(full_name, glob))) return false;
  return !exclude.some((glob) => matches(full_name, glob));
}

/** The list may shift while it is read: repeated names are dropped, and those that slipped through come with the next sync. */
async function listed(client: Client, organization: string): Promise<Listed[]> {
  const found = new Map<string, Listed>();
  for (let page = 1; ; page++) {
    const { data, more } = await ownedBy(client, organization, page);
    for (const repository of data) found.set(repository.full_name, repository);
    if (!more) return [...found.values()];
  }
}

/** A person's repositories have another address than an organisation's. */
async function ownedBy(client: Client, owner: string, page: number): Promise<Page<Listed[]>> {
  const query = `repos?type=all&sort=full_name&per_page=100&page=${page}`;
  try {
    return await client.get(`/orgs/${encodeURIComponent(owner)}/${query}`, z.array(Listed));
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    return client.get(`/users/${encodeURIComponent(owner)}/${query}`, z.array(Listed));
  }
}

/** A pattern without “/” is about the name alone. */
function matches(fullName: string, glob: string): boolean {
  const subject = glob.includes("/") ? fullName : (fullName.split("/")[1] ?? fullName);
  const pattern = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => WILDCARDS.get(part) ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("");
  return new RegExp(`^${pattern}$`, "i").test(subject);
}

const WILDCARDS = new Map([
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);
