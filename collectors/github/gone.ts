/** What became of repositories that an organisation had and has no more. */
import { z } from "zod";
import { statusOf } from "../polite/index.ts";
import type { Bookmarks, RepositoryBookmark } from "./bookmark.ts";
import type { Client } from "./client.ts";
import { isIncluded } from "./discovery.ts";
import type { GitHubOptions } from "./options.ts";

/**
 * A sentence for each; the bookmarks remember it, so that GitHub is asked once. One that is there again goes on where it was.
 *
 * @param owned the host's numbers of all that the organisation has now.
 */
export async function departed(
  client: Client,
  options: GitHubOptions,
  bookmarks: Bookmarks,
  owned: ReadonlySet<string>,
): Promise<string[]> {
  const sentences: string[] = [];
  for (const id of bookmarks.ids()) {
    const bookmark = bookmarks.get(id);
    if (bookmark === null || !isIncluded(bookmark.name, options)) continue;
    const gone = owned.has(id) ? null : (bookmark.gone ?? (await lookFor(client, options, id, bookmark)));
    bookmarks.set(id, { ...bookmark, gone });
    if (gone !== null) sentences.push(gone);
  }
  return sentences;
}

const Moved = z.object({ full_name: z.string() });

/** `null` for one that only slipped through the list. A repository keeps its number wherever it goes. */
async function lookFor(client: Client, { organization = "" }: GitHubOptions, id: string, { name }: RepositoryBookmark) {
  try {
    const { data } = await client.get(`/repositories/${id}`, Moved);
    if (data.full_name.split("/")[0]?.toLowerCase() === organization.toLowerCase()) return null;
    return `${name} was transferred and is now ${data.full_name}.`;
  } catch (error) {
    if (![403, 404, 410, 451].includes(statusOf(error) ?? 0)) throw error;
    return `${name} was deleted, or the token may not see it any more (made private, or taken from the token).`;
  }
}
