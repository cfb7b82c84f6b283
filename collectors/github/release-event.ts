/** Tags and releases: https://docs.github.com/graphql/reference/objects#release */
import { z } from "zod";
import type { Release } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { At } from "./payload.ts";
import type { Place } from "./place.ts";

export const TAG = `fragment Tag on Ref {
  name
  target {
    __typename oid
    ... on Commit { committedDate }
    ... on Tag { tagger { date } target { __typename oid ... on Commit { committedDate } } }
  }
}`;

const Peeled = z.object({ __typename: z.string(), oid: z.string(), committedDate: At.optional() });

export const TagPayload = z.object({
  name: z.string(),
  target: Peeled.extend({
    tagger: z.object({ date: At.nullable() }).nullable().optional(),
    target: Peeled.optional(),
  }).nullable(),
});
export type TagPayload = z.infer<typeof TagPayload>;

export const RELEASE = `fragment Release on Release {
  databaseId tagName name url isDraft isPrerelease publishedAt
  tagCommit { oid committedDate }
}`;

export const ReleasePayload = z.object({
  databaseId: z.number(),
  tagName: z.string(),
  url: z.string(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  publishedAt: At.nullable(),
  tagCommit: z.object({ oid: z.string(), committedDate: At }).nullable(),
});
export type ReleasePayload = z.infer<typeof ReleasePayload>;

/** A release, and when its commit was made. */
export interface Dated {
  readonly event: Release;
  readonly committedAt: Instant;
}

/** `null` for a tag on something that is no commit, which cannot be a release. */
export function tagEvent({ identity, url }: Place, { name, target }: TagPayload): Dated | null {
  const commit = target?.__typename === "Tag" ? target.target : target;
  if (commit === null || commit === undefined || commit.__typename !== "Commit") return null;
  const committedAt = commit.committedDate ?? null;
  const event: Release = {
    kind: "release",
    ...identity,
    id: name,
    name,
    url: `${url}/releases/tag/${encodeURIComponent(name)}`,
    sha: commit.oid,
    publishedAt: target?.tagger?.date ?? committedAt,
    draft: false,
    prerelease: null,
  };
  return { event, committedAt: committedAt ?? 0 };
}

export function releaseEvent({ identity }: Place, release: ReleasePayload): Dated {
  const event: Release = {
    kind: "release",
    ...identity,
    id: String(release.databaseId),
    name: release.tagName,
    url: release.url,
    sha: release.tagCommit?.oid ?? null,
    publishedAt: release.publishedAt,
    draft: release.isDraft,
    prerelease: release.isPrerelease,
  };
  return { event, committedAt: release.tagCommit?.committedDate ?? 0 };
}
