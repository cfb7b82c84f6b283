/** The commits of the default branch, with parents: all of them once, then what is new. */
import type { Commit as CommitEvent } from "#metrics/events.ts";
import { statusOf } from "../polite/index.ts";
import { noPushes } from "./cursor.ts";
import type { Listing, ProjectState } from "./cursor.ts";
import { commitEvent, repositoryEvent } from "./events.ts";
import { between, commitPage } from "./known-commits.ts";
import { orMissing } from "./missing.ts";
import type { Page } from "./paging.ts";
import type { Commit } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* commits(reading: Reading, before: ProjectState): AsyncGenerator<Step> {
  const tip = await tipOf(reading);
  let state = before;
  if (tip !== null && state.head === null) {
    for await (const read of firstTime(reading, state, tip)) {
      state = read.state;
      yield read;
    }
  }
  if (tip !== null && state.head !== null && tip !== state.head) {
    const fresh = await between(reading.api, reading.project.id, reading.known, [state.head, tip]);
    // A history that was rewritten, of which the host has forgotten the old end: all of it is read again.
    if (fresh === null) {
      for await (const read of firstTime(reading, { ...state, head: null, listing: null, pushes: noPushes }, tip)) {
        state = read.state;
        yield read;
      }
    } else {
      for (const sha of [state.head, ...fresh.map(({ id }) => id)]) reading.known.seen.add(sha);
      state = { ...state, head: tip };
      yield step(state, eventsOf(reading, fresh));
    }
  }
  if (tip !== null) reading.known.seen.add(tip);
  const event = repositoryEvent(reading.place, reading.project, state.head);
  const looks = JSON.stringify(event);
  if (looks !== state.looks) yield step({ ...state, looks }, [event]);
}

/** `null` while the repository is empty. */
async function tipOf({ api, project }: Reading): Promise<string | null> {
  const branch = project.default_branch ?? null;
  if (branch === null) return null;
  return (await orMissing(api, project.id, api.commit(project.id, branch)))?.id ?? null;
}

/** From one commit, so that nothing new shifts the pages. */
async function* firstTime(reading: Reading, state: ProjectState, tip: string): AsyncGenerator<Step> {
  const begun = state.listing ?? { tip, page: 1, open: [] };
  try {
    yield* list(reading, state, begun);
  } catch (error) {
    if (statusOf(error) !== 404 || begun.tip === tip) throw error;
    yield* list(reading, state, { tip, page: 1, open: [] });
  }
}

async function* list(reading: Reading, state: ProjectState, begun: Listing): AsyncGenerator<Step> {
  const { api, project, known } = reading;
  const { tip } = begun;
  const open = new Set(begun.open);
  for (let page: number | null = begun.page; page !== null;) {
    const { items, next }: Page<Commit> = await commitPage(api, project.id, known, tip, page);
    meet(items, known.seen, open);
    yield step({ ...state, listing: { tip, page: next ?? page, open: [...open] } }, eventsOf(reading, items));
    page = next;
  }
  yield* missed(reading, state, open);
  known.complete = begun.page === 1;
  yield step({ ...state, head: tip, listing: null }, []);
}

/** Every parent that was named must have been seen. Those that were not fell between two pages: they are asked for by name. */
async function* missed({ api, project, known, ...reading }: Reading, state: ProjectState, open: Set<string>) {
  for (const sha of open) {
    open.delete(sha);
    if (known.seen.has(sha)) continue;
    const page = await orMissing(api, project.id, commitPage(api, project.id, known, sha, 1));
    if (page === null) continue;
    meet(page.items, known.seen, open);
    yield step({ ...state, listing: null }, eventsOf(reading, page.items));
  }
}

function meet(commits: readonly Commit[], seen: Set<string>, open: Set<string>): void {
  for (const { id } of commits) {
    seen.add(id);
    open.delete(id);
  }
  for (const { parent_ids } of commits) {
    for (const parent of parent_ids ?? []) if (!seen.has(parent)) open.add(parent);
  }
}

type Voice = Pick<Reading, "place" | "people">;

export function eventsOf({ place, people }: Voice, commits: readonly Commit[]): readonly CommitEvent[] {
  return commits.map((commit) => commitEvent(place, commit, people));
}
