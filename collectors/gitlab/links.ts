/**
 * Lists that GitLab pages by key, which stays fast and complete beyond the 50,000 rows where it refuses page numbers:
 * https://docs.gitlab.com/api/rest/#keyset-based-pagination
 */
import { z } from "zod";
import type { PoliteFetch } from "../polite/index.ts";
import type { Read } from "./answers.ts";
import { PER_PAGE } from "./paging.ts";

export interface Linked<Item> {
  readonly items: readonly Item[];
  /** What to ask for the next page, as the host says it; `null` after the last one. */
  readonly next: string | null;
  /** False where the host counts pages all the same: what it lists may slide over their borders. */
  readonly byKey: boolean;
}

/** A page: the first one of a list, or the one that another page called its next. */
export type LinkLister<Item> = (next: string | null) => Promise<Linked<Item>>;

export interface LinkedRoute {
  /** Below `/api/v4`. */
  readonly path: string;
  readonly sort: "asc" | "desc";
  readonly query?: Readonly<Record<string, string>>;
}

export function linkLister(fetch: PoliteFetch, url: string, token: string, read: Read) {
  return <Item>(item: z.ZodType<Item>, { path, sort, query = {} }: LinkedRoute): LinkLister<Item> => {
    const first = { ...query, pagination: "keyset", order_by: "id", sort, per_page: String(PER_PAGE) };
    return async (next) => {
      const asked = next ?? new URLSearchParams(first).toString();
      const response = await fetch(`${url}/api/v4/${path}?${asked}`, { headers: { "private-token": token } });
      const items = read(z.array(item), await response.json());
      const following = items.length === 0 ? null : nextOf(response.headers.get("link"));
      return { items, next: following, byKey: following === null || !new URLSearchParams(following).has("page") };
    };
  };
}

/** Its question alone: behind a proxy, hosts name themselves by addresses that nobody else can reach. */
function nextOf(link: string | null): string | null {
  const [, address = null] = /<([^>]*)>;\s*rel="next"/.exec(link ?? "") ?? [];
  return address === null ? null : address.slice(address.indexOf("?") + 1);
}
