/**
 * The files of commits of the default branch. A change tells the files of the commits that it brought; only those that no change
 * brought, as by a direct push, are asked for themselves: a request for each of them.
 */
import { z } from "zod";
import type { Commit } from "#metrics/events.ts";
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { fromPayload } from "./commit-event.ts";
import type { CommitPayload } from "./commit-event.ts";
import { pathsOfCommit } from "./files.ts";
import type { Place } from "./place.ts";

/** @returns the commits in their order, with their files where these are wanted and no change tells them. */
export async function mainlineEvents(place: Place, payloads: readonly CommitPayload[]): Promise<Commit[]> {
  const events = payloads.map((payload) => fromPayload(place, payload));
  if (!place.wants.paths || payloads.length === 0) return events;
  const brought = await broughtByChanges(
    place,
    payloads.map(({ sha }) => sha),
  );
  return Promise.all(
    events.map(async (event) =>
      brought.has(event.id) ? event : { ...event, paths: await pathsOfCommit(place, event.id) },
    ),
  );
}

/** Commits that one query asks for; each costs a hundredth of a point. */
const MOST = 100;

const ChangesOf = z.object({
  associatedPullRequests: z.object({ nodes: z.array(z.object({ url: z.string() }).nullable()) }).nullish(),
});
const Answer = z.object({ repository: z.record(z.string(), ChangesOf.nullable()) });

/** https://docs.github.com/graphql/reference/objects#commit: of the default branch, the merged change that introduced a commit. */
async function broughtByChanges(place: Place, shas: readonly string[]): Promise<Set<string>> {
  const brought = new Set<string>();
  for (let at = 0; at < shas.length; at += MOST) {
    const portion = shas.slice(at, at + MOST);
    for (const [index, urls] of (await changesOf(place, portion)).entries()) {
      const sha = portion[index];
      // A fork has commits that changes of other repositories brought, and whose files are not known here.
      if (sha !== undefined && urls.some((url) => url.startsWith(`${place.url}/pull/`))) brought.add(sha);
    }
  }
  return brought;
}

async function changesOf({ client, owner, name }: Place, shas: readonly string[]): Promise<string[][]> {
  const each = shas.map((sha, index) => `c${index}: object(oid: "${sha}") { ...ChangesOf }`);
  const query = `query($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ${each.join("\n")} }
  }
  fragment ChangesOf on Commit { associatedPullRequests(first: 5) { nodes { url } } }`;
  try {
    const { repository } = await client.query(query, { owner, name }, Answer);
    return shas.map((_, index) => urlsOf(repository[`c${index}`] ?? null));
  } catch (error) {
    // Who may not read changes is told their files by none of them.
    if (error instanceof HostError && error.reason === "auth" && statusOf(error) !== 401) return [];
    throw error;
  }
}

function urlsOf(commit: z.infer<typeof ChangesOf> | null): string[] {
  return (commit?.associatedPullRequests?.nodes ?? []).flatMap((change) => (change === null ? [] : [change.url]));
}
