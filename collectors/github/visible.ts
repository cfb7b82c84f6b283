/** Which repositories a token sees, and whose they are. */
import type { Instant } from "#metrics/time.ts";
import { z } from "zod";
import { orNothing, PAGES } from "../probe.ts";
import type { Asking, Owner, Probed, Seen } from "../probe.ts";

/** `null` where it is not told. */
export const MaybeAt = z.iso
  .datetime({ offset: true })
  .transform((text): Instant => Date.parse(text))
  .nullish()
  .transform((at) => at ?? null);

const Repository = z.object({
  full_name: z.string(),
  private: z.boolean(),
  archived: z.boolean().default(false),
  pushed_at: MaybeAt,
  owner: z.object({ login: z.string(), type: z.string() }),
});
type Repository = z.infer<typeof Repository>;
const Repositories = z.array(Repository);
const Installed = z.object({ repositories: Repositories });
const Organizations = z.array(z.object({ login: z.string() }));

export type Visible = Pick<Probed, "owners" | "repositories" | "isWhole">;

/** Of a token that stands for an account. */
export async function visibleTo(account: string, asked: Asking): Promise<Visible> {
  const { found, isWhole } = await pages((page) =>
    asked.ask(`/user/repos?sort=pushed&per_page=100&page=${page}`, Repositories),
  );
  const organizations = await orNothing(asked.ask("/user/orgs?per_page=100", Organizations));
  const names = organizations.map(({ login }) => login);
  return { owners: ownersOf(account, names, found), repositories: found.map(seen), isWhole };
}

/** What an app was installed on; `account` is who installed it. */
export async function installedOn(asked: Asking): Promise<Visible & Pick<Probed, "account">> {
  const { found, isWhole } = await pages(async (page) => {
    const { data, headers } = await asked.ask(`/installation/repositories?per_page=100&page=${page}`, Installed);
    return { data: data.repositories, headers };
  });
  const account = found[0]?.owner.login ?? "unknown";
  return { account, owners: ownersOf(account, [], found), repositories: found.map(seen), isWhole };
}

/** Where to try what a token does not say. A private one tells more: everybody may read public ones. */
export function tryOnOf(repositories: readonly Seen[]): string | null {
  return (repositories.find(({ isPrivate }) => isPrivate) ?? repositories[0])?.name ?? null;
}

async function pages(
  ask: (page: number) => Promise<{ data: Repository[]; headers: Headers }>,
): Promise<{ found: Repository[]; isWhole: boolean }> {
  const found = new Map<string, Repository>();
  for (let page = 1; page <= PAGES; page++) {
    const { data, headers } = await ask(page);
    for (const repository of data) found.set(repository.full_name, repository);
    if (!/rel="next"/.test(headers.get("link") ?? "")) return { found: [...found.values()], isWhole: true };
  }
  return { found: [...found.values()], isWhole: false };
}

/** Organisations first, by name; those of which only repositories are seen are there, too. */
function ownersOf(account: string, organizations: readonly string[], repositories: readonly Repository[]): Owner[] {
  const names = new Set(organizations);
  for (const { owner } of repositories) if (owner.type === "Organization") names.add(owner.login);
  const own = repositories.some(({ owner }) => owner.login === account && owner.type !== "Organization");
  return [
    ...[...names].sort((a, b) => a.localeCompare(b)).map((name): Owner => ({ name, kind: "organization" })),
    ...(own ? [{ name: account, kind: "person" } as const] : []),
  ];
}

function seen({ full_name, private: isPrivate, archived, pushed_at }: Repository): Seen {
  return { name: full_name, isPrivate, isArchived: archived, changedAt: pushed_at };
}
