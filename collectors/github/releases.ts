/**
 * Tags and releases, all of them, whenever a glance shows that something about them changed, and once a day: there is no order in
 * which what was moved, edited or deleted would come first.
 */
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { ReleasesBookmark } from "./bookmark.ts";
import type { Glance } from "./glance.ts";
import { connection } from "./payload.ts";
import type { Connection } from "./payload.ts";
import type { Place } from "./place.ts";
import { RELEASE, releaseEvent, ReleasePayload, TAG, tagEvent, TagPayload } from "./release-event.ts";
import type { Dated } from "./release-event.ts";
import { news, step, versionOf, versions } from "./step.ts";
import type { Step } from "./step.ts";

export async function* releases(
  place: Place,
  before: ReleasesBookmark | null,
  glance: Glance,
  now: Instant,
): AsyncGenerator<Step<ReleasesBookmark>> {
  const seen = versionOf([glance.refs, glance.releases]);
  if (before !== null && before.glance === seen && now - before.readAt < DAY) return;

  const tags = (await all(place, TAGS, Tags)).map((tag) => tagEvent(place, tag)).filter((tag) => tag !== null);
  const published = (await all(place, RELEASES, Releases)).map((release) => releaseEvent(place, release));
  const found = unique([...tags, ...published]);
  const events = found.map(({ event }) => event);
  const known = new Map(before?.known);
  const fresh = new Set(news(events, known));
  const here = new Set(events.map(({ id }) => id));
  yield step(
    { glance: seen, readAt: now, known: versions(events) },
    {
      events: [...fresh],
      removed: [...known.keys()]
        .filter((id) => !here.has(id))
        .map((id) => ({ kind: "release", repository: place.identity.repository, id })),
      tips: tips(found.filter(({ event }) => fresh.has(event))),
    },
  );
}

/** The newest first: on a line of releases it has the older ones behind it. */
function tips(found: readonly Dated[]): string[] {
  const newestFirst = found.toSorted((a, b) => b.committedAt - a.committedAt);
  return [...new Set(newestFirst.map(({ event }) => event.sha))].filter((sha) => sha !== null);
}

/** Items may come twice when the list shifts while it is read. */
function unique(found: readonly Dated[]): Dated[] {
  return [...new Map(found.map((one) => [one.event.id, one])).values()];
}

const PAGE = "totalCount pageInfo { hasNextPage endCursor }";

const TAGS = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    list: refs(refPrefix: "refs/tags/", first: 100, after: $after) { ${PAGE} nodes { ...Tag } }
  }
}
${TAG}`;

const RELEASES = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    list: releases(first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) { ${PAGE} nodes { ...Release } }
  }
}
${RELEASE}`;

const Tags = z.object({ repository: z.object({ list: connection(TagPayload).nullable() }) });
const Releases = z.object({ repository: z.object({ list: connection(ReleasePayload).nullable() }) });

/** How often a list is read again whose length shows that something slipped through while its pages shifted. */
const ROUNDS = 3;

async function all<Node>(
  { client, owner, name }: Place,
  query: string,
  type: z.ZodType<{ repository: { list: Connection<Node> | null } }>,
): Promise<Node[]> {
  for (let round = 1; ; round++) {
    const found: Node[] = [];
    let [after, total]: [string | null, number] = [null, 0];
    for (let more = true; more;) {
      const answer: { repository: { list: Connection<Node> | null } } = await client.query(
        query,
        { owner, name, after },
        type,
      );
      const { list } = answer.repository;
      found.push(...(list?.nodes ?? []));
      total = list?.totalCount ?? 0;
      after = list?.pageInfo.endCursor ?? null;
      more = list?.pageInfo.hasNextPage ?? false;
    }
    if (found.length >= total || round === ROUNDS) return found;
  }
}
