/** Reading lists whose pages shift while they are read, without losing anything. */
import type { Instant } from "#metrics/time.ts";
import { statusOf } from "../polite/index.ts";
import type { Updated } from "./client.ts";

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The number of the next page, if there is one. */
  readonly next: number | null;
  /** How many there are on all pages, where GitLab says it. */
  readonly total: number | null;
}

export type Lister<Item> = (page: number, perPage: number) => Promise<Page<Item>>;

export interface Whole<Item> {
  readonly items: readonly Item[];
  /** False when every reading still brought something new, or the host refused to go on. */
  readonly complete: boolean;
}

export const PER_PAGE = 100;

/** Other sizes put the borders of pages elsewhere, so that what slipped through one of them is found. */
const SIZES = [PER_PAGE, 99, 97, 89];

/**
 * All items, each once. What slides over the border of a page while it is read is missing from the total, and all is read
 * again with other borders. Totals count what the token may not see, too: what stays missing then is hidden, not lost.
 */
export async function readAll<Item>(
  list: Lister<Item>,
  key: (item: Item) => string | number,
  sizes: readonly number[] = SIZES,
): Promise<Whole<Item>> {
  const found = new Map<string | number, Item>();
  let before = -1;
  for (const perPage of sizes) {
    const { total, pages, refused } = await readOnce(list, perPage, (item) => found.set(key(item), item));
    if (refused) break;
    if (pages === 1 || total === null || found.size >= total || found.size === before)
      return { items: [...found.values()], complete: true };
    before = found.size;
  }
  return { items: [...found.values()], complete: false };
}

async function readOnce<Item>(list: Lister<Item>, perPage: number, take: (item: Item) => void) {
  let total: number | null = null;
  let pages = 0;
  for (let page: number | null = 1; page !== null; pages += 1) {
    const read: Page<Item> | null = await orTooFar(list(page, perPage));
    if (read === null) return { total, pages, refused: true };
    for (const item of read.items) take(item);
    [page, total] = [read.next, read.total];
  }
  return { total, pages, refused: false };
}

/** Of lists that it pages by key too, GitLab shows no more than 50,000 rows by number. */
async function orTooFar<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    if (statusOf(error) === 405) return null;
    throw error;
  }
}

export interface Change<Item> {
  readonly items: readonly Item[];
  /** How many are left, these included, where GitLab says it. */
  readonly left: number | null;
}

/**
 * Pages of what was updated at or after an instant, oldest first. The next page begins with the instant at which the last one
 * ended and is always a first page, so what is updated meanwhile moves to the end and pushes nothing out of sight.
 */
export async function* updatedSince<Item extends { readonly updated_at: Instant }>(
  list: (filter: Updated) => Lister<Item>,
  since: Instant | null,
  key: (item: Item) => string | number,
): AsyncGenerator<Change<Item>> {
  let from = since;
  for (;;) {
    const { items, next, total } = await list(updated(from, null))(1, PER_PAGE);
    yield { items, left: total };
    if (next === null) return;
    const last = items.at(-1)?.updated_at ?? null;
    if (last !== null && (from === null || last > from) && last > (items[0]?.updated_at ?? last)) {
      from = last;
      continue;
    }
    // More than a page at one instant, as after an import: only these are read page by page, and counted.
    const instant: Instant = last ?? from ?? 0;
    const { items: crowd } = await readAll(list(updated(instant, instant + 1)), key);
    yield { items: crowd, left: null };
    from = instant + 1;
  }
}

function updated(from: Instant | null, to: Instant | null): Updated {
  return {
    orderBy: "updated_at",
    sort: "asc",
    ...(from !== null && { updatedAfter: new Date(from).toISOString() }),
    ...(to !== null && { updatedBefore: new Date(to).toISOString() }),
  };
}

/** A list of which the first page was read already. */
export function startingWith<Item>(first: Page<Item>, list: Lister<Item>): Lister<Item> {
  return (page, perPage) => (page === 1 && perPage === PER_PAGE ? Promise.resolve(first) : list(page, perPage));
}
