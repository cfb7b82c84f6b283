/** The names of the files at the end of the default branch: a request for each 100, at most once a week, and none while nothing was pushed. */
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import { WEEK } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import { layoutEvent } from "../layout.ts";
import { statusOf } from "../polite/index.ts";
import type { Files, ProjectState } from "./cursor.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

/** So many requests at most: 5,000 files and folders. */
const MOST_PAGES = 50;

export async function* fileTree(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { options, place, now } = reading;
  const { head, files: before } = state;
  if (!options.files || head === null || (before !== null && isRecent(before, head, now()))) return;
  const files: Files = { head, sorts: SORTS_VERSION, readAt: now() };
  try {
    const { paths, isWhole } = await pathsAt(reading, head);
    const notices = isWhole ? [] : [cut(reading, paths.length)];
    yield step({ ...state, files }, [layoutEvent(place, paths, isWhole)], { notices });
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    yield step({ ...state, files }, [], { notices: [unlisted(reading, error)] });
  }
}

function isRecent(before: Files, head: string, now: number): boolean {
  return before.sorts === SORTS_VERSION && (before.head === head || now - before.readAt < WEEK);
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

function cut({ place }: Reading, count: number): Notice {
  return {
    level: "info",
    code: "files-cut",
    message: `${place.repository} has more files than are asked for: what its ${count} first ones tell is known. Nothing needs to be done.`,
  };
}

function unlisted({ place }: Reading, error: HostError): Notice {
  const status = statusOf(error);
  // What the refusal of a whole repository would say is not what this one means: everything else was read.
  const why = status === null ? `GitLab did not answer` : `GitLab answered ${status}`;
  return {
    level: "info",
    code: "files-unlisted",
    message: `The files of ${place.repository} could not be listed (${why}), so nothing is suggested of what it is for; all else is read. It is tried again when something is pushed, next week at the earliest; \`files: false\` stops that.`,
  };
}
