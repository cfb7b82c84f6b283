/** The names of the files at the end of the default branch: a request for each 100, at most once a week, and none while nothing was pushed. */
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import { WEEK } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import { cutNotice, isListed, layoutEvent, unlistedNotice } from "../layout.ts";
import { statusOf } from "../polite/index.ts";
import type { Files, ProjectState } from "./cursor.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

/** So many requests at most: 5,000 files and folders. */
const MOST_PAGES = 50;

export async function* fileTree(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { options, place, now } = reading;
  const { head, files: before } = state;
  if (!options.files || head === null || isListed(before, head, now(), WEEK)) return;
  const { repository } = place;
  const files: Files = { head, sorts: SORTS_VERSION, readAt: now() };
  try {
    const { paths, isWhole } = await pathsAt(reading, head);
    const notices = isWhole ? [] : [cutNotice(repository, "are asked for", paths.length)];
    yield step({ ...state, files }, [layoutEvent(place, paths, isWhole)], { notices });
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    yield step({ ...state, files }, [], {
      notices: [unlistedNotice(repository, error, { host: "GitLab", again: "next week" })],
    });
  }
}

async function pathsAt({ api, project }: Reading, head: string) {
  const list = api.tree(project.id, head);
  const paths: string[] = [];
  let next: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read: Awaited<ReturnType<typeof list>> = await list(next);
    for (const { path, type } of read.items) if (type === "blob") paths.push(path);
    next = read.next;
    if (next === null) return { paths, isWhole: true };
  }
  return { paths, isWhole: false };
}
