/** Which repositories are meant. */
import { z } from "zod";
import { matches } from "../patterns.ts";
import { statusOf } from "../polite/index.ts";
import type { Client, Page } from "./client.ts";
import type { GitHubOptions } from "./options.ts";

const Listed = z.object({ id: z.number(), full_name: z.string(), archived: z.boolean(), fork: z.boolean() });
type Listed = z.infer<typeof Listed>;

export interface Discovered {
  /** `owner/name` of every repository to read. */
  readonly names: readonly string[];
  /** The host's numbers of all that the organisation has; `null` where repositories are named one by one. */
  readonly owned: ReadonlySet<string> | null;
}

export async function discover(client: Client, options: GitHubOptions): Promise<Discovered> {
  if (options.repositories !== undefined) return { names: [...new Set(options.repositories)], owned: null };
  const all = await listed(client, options.organization ?? "");
  return {
    names: all.filter((repository) => isWanted(repository, options)).map(({ full_name }) => full_name),
    owned: new Set(all.map(({ id }) => String(id))),
  };
}

export function isWanted(
  { full_name, archived, fork }: Pick<Listed, "full_name" | "archived" | "fork">,
  options: GitHubOptions,
): boolean {
  if ((archived && !options.archived) || (fork && !options.forks)) return false;
  return isIncluded(full_name, options);
}

/** A pattern without “/” is about the name alone. */
export function isIncluded(fullName: string, { include = [], exclude }: GitHubOptions): boolean {
  const ofAnyOwner = (glob: string) => (glob.includes("/") ? glob : `*/${glob}`);
  return matches(fullName, { include: include.map(ofAnyOwner), exclude: exclude.map(ofAnyOwner) });
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
