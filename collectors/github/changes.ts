/**
 * Pull requests: first all of them by creation, an order that does not shift while it is read; from then on those that were
 * updated, newest first, and some of the open ones each time, because not everything that happens to a change updates it.
 */
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import type { ChangesBookmark } from "./bookmark.ts";
import { changeEvent } from "./change-event.ts";
import { changePages, MOST } from "./change-pages.ts";
import type { ChangePages } from "./change-pages.ts";
import type { ChangePayload } from "./change-query.ts";
import { pathsOf } from "./change-rest.ts";
import type { Place } from "./place.ts";
import { step, versionOf } from "./step.ts";
import type { Step } from "./step.ts";

/** GitHub's lists lag behind: what was updated up to so long before the newest one known is read again. */
const OVERLAP = 10 * MINUTE;
/** Mostly little was updated; the pages after the first are full ones. */
const FIRST_PAGE = 20;
/** How often a list that keeps moving is read again before the rest is left to the next sync. */
const ROUNDS = 5;

/** @param newest when the latest change was updated, before the reading began. */
export async function* changes(
  place: Place,
  before: ChangesBookmark | null,
  newest: Instant,
): AsyncGenerator<Step<ChangesBookmark>> {
  const pages = changePages(place);
  const parts = partsRead(place);
  // What is wanted now of every change is not known of those that were read without it.
  const isEnough = before !== null && parts.every((part) => before.parts.includes(part));
  let bookmark = isEnough ? { ...before, parts } : { after: null, filled: false, newest, seen: [], parts };
  const wasFilled = bookmark.filled;
  const asked = new Set<number>();
  for await (const taken of reading(place, pages, bookmark)) {
    ({ bookmark } = taken);
    yield taken;
  }
  for await (const taken of updates(place, pages, bookmark, asked)) {
    ({ bookmark } = taken);
    yield taken;
  }
  if (wasFilled) yield await reminder(place, pages, bookmark, asked);
}

function partsRead({ fields, wants }: Place): string[] {
  return [...(fields.has("closingIssuesReferences") ? ["issues"] : []), ...(wants.paths ? ["paths"] : [])];
}

async function* reading(
  place: Place,
  pages: ChangePages,
  start: ChangesBookmark,
): AsyncGenerator<Step<ChangesBookmark>> {
  let bookmark = start;
  let read = 0;
  while (!bookmark.filled) {
    const { nodes, pageInfo, totalCount } = await pages.page("CREATED_AT, direction: ASC", bookmark.after);
    read += nodes.length;
    const filled = !pageInfo.hasNextPage;
    const taken = await take(place, { ...bookmark, filled, after: filled ? null : pageInfo.endCursor }, nodes);
    ({ bookmark } = taken);
    yield { ...taken, done: Math.min(1, read / Math.max(1, totalCount)) };
  }
}

/** A change that is updated while the list is read moves to its beginning, so a reading of several pages is followed by another. */
async function* updates(
  place: Place,
  pages: ChangePages,
  start: ChangesBookmark,
  asked: Set<number>,
): AsyncGenerator<Step<ChangesBookmark>> {
  let bookmark = start;
  for (let round = 1; round <= ROUNDS; round++) {
    const since = bookmark.newest - OVERLAP;
    let [newest, after, count]: [Instant, string | null, number] = [bookmark.newest, null, 0];
    for (let more = true; more;) {
      const page = await pages.page("UPDATED_AT, direction: DESC", after, count === 0 ? FIRST_PAGE : MOST);
      const updated = page.nodes.filter(({ updatedAt }) => updatedAt >= since);
      for (const { number, updatedAt } of updated) {
        asked.add(number);
        newest = Math.max(newest, updatedAt);
      }
      const taken = await take(place, bookmark, updated);
      ({ bookmark } = taken);
      yield taken;
      count += 1;
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage && updated.length === page.nodes.length;
    }
    bookmark = trimmed({ ...bookmark, newest });
    yield step(bookmark);
    if (count === 1) return;
  }
}

/** Asks for the open changes that were not asked for the longest, a page of them. */
async function reminder(place: Place, pages: ChangePages, bookmark: ChangesBookmark, asked: ReadonlySet<number>) {
  const open = bookmark.seen.filter(([number, , , isOpen]) => isOpen && !asked.has(number));
  const numbers = open.slice(0, MOST).map(([number]) => number);
  return numbers.length === 0 ? step(bookmark) : take(place, bookmark, await pages.numbered(numbers));
}

async function take(
  place: Place,
  bookmark: ChangesBookmark,
  payloads: readonly ChangePayload[],
): Promise<Step<ChangesBookmark>> {
  const seen = new Map(bookmark.seen.map((entry) => [entry[0], entry]));
  const news: ChangePayload[] = [];
  for (const payload of payloads) {
    const version = versionOf(changeEvent(place, payload));
    if (seen.get(payload.number)?.[1] !== version) news.push(payload);
    seen.delete(payload.number);
    seen.set(payload.number, [payload.number, version, payload.updatedAt, payload.state === "OPEN"]);
  }
  const events = await Promise.all(
    news.map(async (payload) => ({ ...changeEvent(place, payload), paths: await pathsOf(place, payload) })),
  );
  // The host may have turned out to lack a part meanwhile.
  const parts = partsRead(place);
  return step(trimmed({ ...bookmark, seen: [...seen.values()], parts }), { events });
}

function trimmed(bookmark: ChangesBookmark): ChangesBookmark {
  const since = bookmark.newest - OVERLAP;
  return { ...bookmark, seen: bookmark.seen.filter(([, , updatedAt, isOpen]) => isOpen || updatedAt >= since) };
}
