/**
 * Commits: everything reachable from the default branch's head, and what leads to tags and production deployments beside it.
 *
 * The first reading pages through the history and keeps account of parents that are still to come, so a page that shifted or was
 * cut short cannot leave a hole. Later ones ask what is new since the head before.
 */
import type { CommitsBookmark } from "./bookmark.ts";
import type { CommitPayload } from "./commit-event.ts";
import { compared, historyPage } from "./commit-pages.ts";
import { mainlineEvents } from "./commit-paths.ts";
import type { Place } from "./place.ts";
import { sides } from "./sides.ts";
import { step } from "./step.ts";
import type { Step } from "./step.ts";

export async function* commits(
  place: Place,
  before: CommitsBookmark,
  head: string | null,
): AsyncGenerator<Step<CommitsBookmark>> {
  if (head === null) return;
  const { paths } = place.wants;
  const start = paths && !before.paths ? { ...before, head: null, reading: null, paths } : { ...before, paths };
  let bookmark = start;
  const known = new Set<string>();
  const isWhole = start.head === null && start.reading === null;
  for await (const taken of mainline(place, bookmark, head, known)) {
    ({ bookmark } = taken);
    yield taken;
  }
  yield* sides(place, bookmark, known, isWhole);
}

async function* mainline(
  place: Place,
  start: CommitsBookmark,
  head: string,
  known: Set<string>,
): AsyncGenerator<Step<CommitsBookmark>> {
  if (start.head === head) return;
  if (start.head !== null) {
    const ahead = await compared(place, start.head, head);
    if (ahead !== null) {
      for (const { sha } of ahead) known.add(sha);
      yield step({ ...start, head, reading: null }, { events: await mainlineEvents(place, ahead) });
      return;
    }
  }
  yield* history(place, { ...start, reading: start.reading ?? { head, page: 1, awaited: [head] } }, head, known);
}

async function* history(
  place: Place,
  start: CommitsBookmark,
  head: string,
  known: Set<string>,
): AsyncGenerator<Step<CommitsBookmark>> {
  const goal = start.reading?.head ?? head;
  const awaited = new Set(start.reading?.awaited);
  let from = goal;
  let page = start.reading?.page ?? 1;
  for (;;) {
    const { data, more } = await historyPage(place, from, page);
    // What GitHub does not have itself is not waited for.
    if (page === 1) awaited.delete(from);
    const fresh = data.filter(({ sha }) => !known.has(sha));
    account(fresh, known, awaited);
    page += 1;
    const events = await mainlineEvents(place, fresh);
    const [next] = awaited;
    if (next === undefined) {
      yield step({ ...start, head: goal, reading: null }, { events, done: 0.9 });
      break;
    }
    // At the end of the list, or among what is known: from here on only what is still missing.
    if (!more || (from !== goal && fresh.length === 0)) [from, page] = [next, 1];
    const reading = from === goal ? { head: goal, page, awaited: [...awaited] } : start.reading;
    yield step({ ...start, reading }, { events, done: 0.5 });
  }
  if (goal !== head) yield* mainline(place, { ...start, head: goal, reading: null }, head, known);
}

function account(fresh: readonly CommitPayload[], known: Set<string>, awaited: Set<string>): void {
  for (const { sha } of fresh) {
    known.add(sha);
    awaited.delete(sha);
  }
  for (const { parents } of fresh) for (const { sha } of parents) if (!known.has(sha)) awaited.add(sha);
}
