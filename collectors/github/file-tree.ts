/** The names of the files at the end of the default branch: one request, at most once a day, and none while nothing was pushed. */
import { z } from "zod";
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import { layoutEvent } from "../layout.ts";
import { statusOf } from "../polite/index.ts";
import type { FilesBookmark } from "./bookmark.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";
import { step } from "./step.ts";
import type { Step } from "./step.ts";

/** Only the fields we read: https://docs.github.com/rest/git/trees#get-a-tree */
const Tree = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
  /** Whether GitHub left some out: it lists up to 100,000. */
  truncated: z.boolean(),
});

/** A tree that GitHub cannot put together in time is not worth more waiting. */
const TRIES = 2;

/** @param head of the default branch; `null` while the repository is empty. */
export async function* fileTree(
  place: Place,
  before: FilesBookmark | null,
  head: string | null,
  now: Instant,
): AsyncGenerator<Step<FilesBookmark>> {
  if (head === null || (before !== null && isRecent(before, head, now))) return;
  const bookmark: FilesBookmark = { head, sorts: SORTS_VERSION, readAt: now };
  try {
    const { data } = await place.client.get(`${api(place)}/git/trees/${head}?recursive=1`, Tree, TRIES);
    const paths = data.tree.filter(({ type }) => type === "blob").map(({ path }) => path);
    const event = layoutEvent(place.identity, paths, !data.truncated);
    yield step(bookmark, { events: [event], notices: data.truncated ? [cut(place, paths.length)] : [] });
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    yield step(bookmark, { notices: [unlisted(place, error)] });
  }
}

function isRecent(before: FilesBookmark, head: string, now: Instant): boolean {
  return before.sorts === SORTS_VERSION && (before.head === head || now - before.readAt < DAY);
}

function cut({ identity }: Place, count: number): Notice {
  return {
    level: "info",
    code: "files-cut",
    message: `${identity.repository} has more files than GitHub lists at once: what its ${count} first ones tell is known. Nothing needs to be done.`,
  };
}

function unlisted({ identity }: Place, error: HostError): Notice {
  const status = statusOf(error);
  // What the refusal of a whole repository would say is not what this one means: everything else was read.
  const why = status === null ? `GitHub did not answer` : `GitHub answered ${status}`;
  return {
    level: "info",
    code: "files-unlisted",
    message: `The files of ${identity.repository} could not be listed (${why}), so nothing is suggested of what it is for; all else is read. It is tried again when something is pushed, tomorrow at the earliest; \`files: false\` stops that.`,
  };
}
