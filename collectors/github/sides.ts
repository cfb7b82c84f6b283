/** What leads to tags and deployments beside the default branch. */
import type { CommitsBookmark } from "./bookmark.ts";
import { fromPayload } from "./commit-event.ts";
import type { CommitPayload } from "./commit-event.ts";
import { compared, historyPage } from "./commit-pages.ts";
import { existing } from "./existing.ts";
import type { Place } from "./place.ts";
import { step } from "./step.ts";
import type { Step } from "./step.ts";

/** Reading a page of history tells of 100 commits whether they lie on the default branch; comparing tells of one. */
const COMPARED = 20;

/** @param isWhole whether `known` holds the whole default branch. */
export async function* sides(
  place: Place,
  start: CommitsBookmark,
  known: Set<string>,
  isWhole: boolean,
): AsyncGenerator<Step<CommitsBookmark>> {
  const { head } = start;
  if (head === null) return;
  if (!isWhole && start.sides.filter((sha) => !known.has(sha)).length > COMPARED) await readHistory(place, head, known);
  let left = start.sides;
  for (const tip of start.sides) {
    left = left.filter((sha) => sha !== tip);
    if (known.has(tip)) continue;
    const found = (await compared(place, head, tip)) ?? (await listed(place, head, tip, known));
    const beside = found.filter(({ sha }) => !known.has(sha));
    for (const { sha } of beside) known.add(sha);
    known.add(tip);
    yield step({ ...start, sides: left }, { events: beside.map((commit) => fromPayload(place, commit)) });
  }
  yield step({ ...start, sides: [] });
}

/**
 * What leads to a commit, where GitHub cannot compare it with the default branch: its history, up to a page on which all is known.
 * Empty for a commit that GitHub no longer has: it cannot be attributed; everything else can.
 */
async function listed(place: Place, head: string, tip: string, known: Set<string>): Promise<CommitPayload[]> {
  const first = await existing(place, historyPage(place, tip, 1));
  if (first === null) return [];
  await readHistory(place, head, known);
  const found: CommitPayload[] = [];
  for (let [at, page] = [first, 2]; ; page++) {
    const fresh = at.data.filter(({ sha }) => !known.has(sha));
    found.push(...fresh);
    if (fresh.length === 0 || !at.more) return found;
    at = await historyPage(place, tip, page);
  }
}

async function readHistory(place: Place, head: string, known: Set<string>): Promise<void> {
  for (let page = 1; ; page++) {
    const { data, more } = await historyPage(place, head, page);
    for (const { sha } of data) known.add(sha);
    if (!more) return;
  }
}
