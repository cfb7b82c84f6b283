/** Commits as GitHub lists them. A list that starts at a commit is history, and does not change while it is read. */
import { z } from "zod";
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { CommitPayload } from "./commit-event.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";

const Commits = z.array(CommitPayload);
const Comparison = z.object({ total_commits: z.number(), commits: Commits });

export async function historyPage(place: Place, from: string, page: number) {
  return place.client.get(`${api(place)}/commits?sha=${from}&per_page=100&page=${page}`, Commits);
}

/**
 * What is reachable from `head` and not from `base`; `null` when GitHub cannot tell: one of them is gone, as after a force-push,
 * or the comparison takes too long.
 */
export async function compared(place: Place, base: string, head: string): Promise<CommitPayload[] | null> {
  const found = new Map<string, CommitPayload>();
  try {
    for (let page = 1; ; page++) {
      const path = `${api(place)}/compare/${base}...${head}?per_page=100&page=${page}`;
      const { data, more } = await place.client.get(path, Comparison);
      for (const commit of data.commits) found.set(commit.sha, commit);
      if (!more) return found.size >= data.total_commits ? [...found.values()] : null;
    }
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 422) return null;
    if (error instanceof HostError && error.reason === "unavailable") return null;
    throw error;
  }
}
