/** The names of the files at the end of the default branch: one request, at most once a day, and none while nothing was pushed. */
import { z } from "zod";
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import { cutNotice, isListed, layoutEvent, unlistedNotice } from "../layout.ts";
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
  if (head === null || isListed(before, head, now, DAY)) return;
  const { repository } = place.identity;
  const bookmark: FilesBookmark = { head, sorts: SORTS_VERSION, readAt: now };
  try {
    const { data } = await place.client.get(`${api(place)}/git/trees/${head}?recursive=1`, Tree, TRIES);
    const paths = data.tree.filter(({ type }) => type === "blob").map(({ path }) => path);
    const event = layoutEvent(place.identity, paths, !data.truncated);
    yield step(bookmark, {
      events: [event],
      notices: data.truncated ? [cutNotice(repository, "GitHub lists at once", paths.length)] : [],
    });
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit" || statusOf(error) === 401) throw error;
    yield step(bookmark, { notices: [unlistedNotice(repository, error, { host: "GitHub", again: "tomorrow" })] });
  }
}
