/** How GitLab is asked and how its answers are read: gitbeaker names the routes, the polite fetch does the asking. */
import { createRequesterFn } from "@gitbeaker/requester-utils";
import { z } from "zod";
import { HostError } from "../collector.ts";
import type { PoliteFetch } from "../polite/index.ts";
import type { Lister } from "./paging.ts";

/** One page and no more: gitbeaker would gather all of them in memory. */
interface PageOptions {
  readonly page: number;
  readonly perPage: number;
  readonly maxPages: 1;
  readonly showExpanded: true;
}

const Count = z.union([z.number(), z.nan()]).transform((count) => (Number.isNaN(count) ? null : count));
const Listed = z.object({
  data: z.array(z.unknown()),
  paginationInfo: z.object({ next: z.number().nullable(), total: Count }),
});

export type Read = <Result>(expected: z.ZodType<Result>, answer: unknown) => Result;

/** Reads an answer as what it should be. @throws HostError that names what is not. */
export function reader(source: string): Read {
  return (expected, answer) => {
    const result = expected.safeParse(answer);
    if (result.success) return result.data;
    throw new HostError(
      source,
      "unavailable",
      `${source} gave an answer that Headway does not understand, so nothing of it was stored:\n${z.prettifyError(result.error)}\nIs the address that of a GitLab? If so, please report this.`,
      result.error,
    );
  };
}

/** Makes a list out of a route that answers page by page. */
export function lister(read: Read) {
  return <Item>(item: z.ZodType<Item>, ask: (options: PageOptions) => Promise<unknown>): Lister<Item> =>
    async (page, perPage) => {
      const answer = read(Listed, await ask({ page, perPage, maxPages: 1, showExpanded: true }));
      const { next, total } = answer.paginationInfo;
      return { items: read(z.array(item), answer.data), next, total };
    };
}

const Asked = z.object({
  prefixUrl: z.string(),
  searchParams: z.string().optional(),
  headers: z.record(z.string(), z.string()),
});
/** Looked at closely when its reader knows what it should be. */
const Body = z.custom<Record<string, unknown>>((body) => typeof body === "object" && body !== null).catch({});

/** Counting the lines of 100 commits may be more than a host manages in time; then it is asked for less, soon. */
const TRIES_WHEN_COUNTING = 3;

export function requester(fetch: PoliteFetch) {
  return createRequesterFn(
    (_, options) => Promise.resolve(options),
    async (endpoint, options) => {
      const { prefixUrl, searchParams = "", headers } = Asked.parse(options);
      const url = `${prefixUrl.replace(/\/*$/, "/")}${endpoint}${searchParams === "" ? "" : `?${searchParams}`}`;
      const counting = searchParams.includes("with_stats=true") ? { tries: TRIES_WHEN_COUNTING } : {};
      const response = await fetch(url, { headers, ...counting });
      const body = Body.parse(await response.json());
      return { body, headers: Object.fromEntries(response.headers.entries()), status: response.status };
    },
  );
}
