/** Changes as GitHub lists them, whole. */
import { z } from "zod";
import { changeFragment, ChangePayload } from "./change-query.ts";
import type { Part } from "./change-query.ts";
import { completed } from "./change-rest.ts";
import { pageSize } from "./page-size.ts";
import type { PageSize } from "./page-size.ts";
import { connection } from "./payload.ts";
import type { Connection } from "./payload.ts";
import type { Place } from "./place.ts";

type Order = "CREATED_AT, direction: ASC" | "UPDATED_AT, direction: DESC";

export interface ChangePages {
  readonly page: (order: Order, after: string | null, most?: number) => Promise<Connection<ChangePayload>>;
  /** Those with these numbers that still exist. */
  readonly numbered: (numbers: readonly number[]) => Promise<ChangePayload[]>;
}

const Listed = z.object({ repository: z.object({ pullRequests: connection(ChangePayload) }) });
const Numbered = z.object({ repository: z.record(z.string(), ChangePayload.nullable()) });

/** A page of 50 holds at most 14,000 nodes and costs 4 points. */
export const MOST = 50;
/** GitHub works out what each change changed, and gives up after ten seconds. */
const MOST_WITH_FILES = 25;
const LEAST = 5;

export function changePages(place: Place): ChangePages {
  const size = pageSize(place.wants.paths ? MOST_WITH_FILES : MOST, LEAST);
  return {
    async page(order, after, most = MOST) {
      const { nodes, ...page } = await size.ask((first, tries) =>
        listed(place, order, after, Math.min(first, most), tries),
      );
      return { ...page, nodes: await wholes(place, nodes) };
    },
    numbered: async (numbers) => wholes(place, await byNumber(place, numbers, size)),
  };
}

/** Those that are wanted of this repository and known to this host. */
function partsOf({ fields, wants }: Place): Part[] {
  const parts: Part[] = wants.paths ? ["closingIssuesReferences", "files"] : ["closingIssuesReferences"];
  return parts.filter((part) => fields.has(part));
}

async function listed(place: Place, order: Order, after: string | null, first: number, tries?: number) {
  const { client, fields, owner, name } = place;
  const query = () => `query($owner: String!, $name: String!, $first: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      pullRequests(first: $first, after: $after, orderBy: {field: ${order}}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { ...Change }
      }
    }
  }
  ${changeFragment(partsOf(place))}`;
  const variables = { owner, name, first, after };
  const { repository } = await fields.ask(() => client.query(query(), variables, Listed, tries));
  return repository.pullRequests;
}

async function byNumber(place: Place, numbers: readonly number[], size: PageSize) {
  const { client, fields, owner, name } = place;
  const found: ChangePayload[] = [];
  for (let at = 0; at < numbers.length;) {
    const changes = await size.ask(async (first, tries) => {
      const portion = numbers.slice(at, at + first);
      const each = portion.map((number) => `c${number}: pullRequest(number: ${number}) { ...Change }`);
      const query = () => `query($owner: String!, $name: String!) {
        repository(owner: $owner, name: $name) { ${each.join("\n")} }
      }
      ${changeFragment(partsOf(place))}`;
      const { repository } = await fields.ask(() => client.query(query(), { owner, name }, Numbered, tries));
      at += portion.length;
      return Object.values(repository);
    });
    found.push(...changes.filter((change) => change !== null));
  }
  return found;
}

async function wholes(place: Place, changes: readonly ChangePayload[]): Promise<ChangePayload[]> {
  const whole: ChangePayload[] = [];
  for (const change of changes) whole.push(await completed(place, change));
  return whole;
}
