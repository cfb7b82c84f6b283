/**
 * The files of commits that came to the default branch without a merge request; those of all others are known from their merge
 * requests. Read only where they are wanted: one request for each such commit.
 */
import type { Commit as CommitEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { changeNumber } from "../message.ts";
import { statusOf } from "../polite/index.ts";
import { filesOf } from "./change-parts.ts";
import type { Updated } from "./client.ts";
import type { ProjectState } from "./cursor.ts";
import { commitEvent } from "./events.ts";
import { orHidden, orMissing } from "./missing.ts";
import { PER_PAGE, readAll, updatedSince } from "./paging.ts";
import type { Commit } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* pushes(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { head, pushes: before } = state;
  if (!reading.wants.paths || head === null || before.head === head) return;
  const begun = before.listing ?? { tip: head, page: 1 };
  try {
    yield* readLine(reading, state, begun);
  } catch (error) {
    // What was begun is gone, as after a force-push.
    if (statusOf(error) !== 404 || begun.tip === head) throw error;
    yield* readLine(reading, state, { tip: head, page: 1 });
  }
}

/** The commits that merges were made on, from a tip down to where it was read before. From a sha, so that nothing shifts the pages. */
async function* readLine(
  reading: Reading,
  state: ProjectState,
  { tip, page: first }: { readonly tip: string; readonly page: number },
): AsyncGenerator<Step> {
  const { api, project } = reading;
  const withoutRequest = broughtBy(reading, state.pushes.head === null);
  for (let page: number | null = first; page !== null;) {
    const { items, next } = await api.commits(project.id, tip, { firstParent: true })(page, PER_PAGE);
    const known = items.findIndex(({ id }) => id === state.pushes.head);
    const line = known === -1 ? items : items.slice(0, known);
    const pushed = await withoutRequest(line);
    const events = await Promise.all(pushed.map((commit) => withFiles(reading, commit)));
    page = known === -1 ? next : null;
    const pushes = page === null ? { head: tip, listing: null } : { ...state.pushes, listing: { tip, page } };
    yield step(
      { ...state, pushes },
      events.filter((event) => event !== null),
    );
  }
}

async function withFiles({ api, project, place, people }: Reading, commit: Commit): Promise<CommitEvent | null> {
  const diffs = readAll(api.commitDiff(project.id, commit.id), ({ old_path, new_path }) => `${old_path}\n${new_path}`);
  const read = await orMissing(api, project.id, diffs);
  return read === null ? null : commitEvent(place, commit, people, filesOf(read.items));
}

/** Leaves those that no merge request brought: their messages name none, and none says that it was merged as that commit. */
function broughtBy(reading: Reading, isFirst: boolean): (line: readonly Commit[]) => Promise<readonly Commit[]> {
  let known: { readonly since: Instant; readonly shas: ReadonlySet<string> } | null = null;
  return async (line) => {
    const unnamed = line.filter(({ message }) => changeNumber(message) === null);
    if (unnamed.length === 0) return [];
    const since = isFirst ? 0 : Math.min(...unnamed.map(({ committed_date }) => committed_date ?? 0)) - HOUR;
    if (known === null || since < known.since) known = { since, shas: await mergedAs(reading, since) };
    const { shas } = known;
    return unnamed.filter(({ id }) => !shas.has(id));
  };
}

/** The commits that merge requests were merged as, of those that were updated since; none where they are switched off or hidden. */
async function mergedAs(reading: Reading, since: Instant): Promise<ReadonlySet<string>> {
  const shas = new Set<string>();
  await orHidden(collect(reading, since, shas));
  return shas;
}

async function collect({ api, project }: Reading, since: Instant, shas: Set<string>): Promise<void> {
  const list = (filter: Updated) => api.mergeRequests(project.id, filter, "merged");
  for await (const { items } of updatedSince(list, since === 0 ? null : since, ({ iid }) => iid)) {
    for (const { merge_commit_sha, squash_commit_sha, sha } of items)
      for (const each of [merge_commit_sha, squash_commit_sha, sha]) shas.add(each ?? "");
  }
}
