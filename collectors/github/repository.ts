/** One repository, stream by stream. */
import type { Repository } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import type { CommitsBookmark, RepositoryBookmark } from "./bookmark.ts";
import { alerts } from "./alerts.ts";
import { changes } from "./changes.ts";
import { commits } from "./commits.ts";
import { deployments } from "./deployments.ts";
import { fileTree } from "./file-tree.ts";
import type { Glance } from "./glance.ts";
import { issues } from "./issues.ts";
import type { Place } from "./place.ts";
import { releases } from "./releases.ts";
import { runs } from "./runs.ts";
import { step, versionOf } from "./step.ts";
import type { Step } from "./step.ts";

const NOTHING: CommitsBookmark = { head: null, reading: null, sides: [], paths: false };

/** Streams in the order of reading, with the share of the whole that each one is, for people who wait. */
const SHARES = {
  changes: 0.5,
  issues: 0.02,
  deployments: 0.15,
  releases: 0.03,
  runs: 0.13,
  alerts: 0.02,
  commits: 0.14,
  files: 0.01,
};
type Stream = keyof typeof SHARES;

/**
 * Tags and deployments come before the commits, which must know what to look for beside the default branch; the repository
 * itself comes last, so that whoever stops in between has seen no head without its history.
 */
export async function* repository(
  place: Place,
  start: RepositoryBookmark,
  glance: Glance,
  now: Instant,
): AsyncGenerator<Step<RepositoryBookmark>> {
  let bookmark = start;
  let before = 0;
  const head = glance.defaultBranchRef?.target?.oid ?? null;
  const [latest] = glance.pullRequests.nodes;

  async function* stream<Key extends Stream>(
    key: Key,
    steps: AsyncGenerator<Step<NonNullable<RepositoryBookmark[Key]>>>,
  ): AsyncGenerator<Step<RepositoryBookmark>> {
    try {
      for await (const taken of steps) {
        bookmark = withTips({ ...bookmark, [key]: taken.bookmark }, taken.tips);
        yield { ...taken, bookmark, done: before + SHARES[key] * taken.done };
      }
    } catch (error) {
      if (!isWithheld(error)) throw error;
      yield step(bookmark, { notices: [withheld(place, key, error)], done: before + SHARES[key] });
    }
    before += SHARES[key];
  }

  yield* stream("changes", changes(place, start.changes, latest?.updatedAt ?? 0));
  yield* stream("issues", issues(place, start.issues));
  yield* stream("deployments", deployments(place, start.deployments));
  yield* stream("releases", releases(place, start.releases, glance, now));
  if (place.options.runs) yield* stream("runs", runs(place, start.runs));
  if (place.options.alerts) yield* stream("alerts", alerts(place, start.alerts, now));
  yield* stream("commits", commits(place, bookmark.commits ?? NOTHING, head));
  if (place.options.files) yield* stream("files", fileTree(place, start.files, head, now));

  // A head whose commits could not be read would hide all that was delivered before.
  const event = repositoryEvent(place, glance, head === null ? null : (bookmark.commits?.head ?? null));
  const version = versionOf(event);
  yield step({ ...bookmark, version }, { events: version === bookmark.version ? [] : [event] });
}

function withTips(bookmark: RepositoryBookmark, tips: readonly string[]): RepositoryBookmark {
  if (tips.length === 0) return bookmark;
  const commitsBookmark = bookmark.commits ?? NOTHING;
  return { ...bookmark, commits: { ...commitsBookmark, sides: [...new Set([...commitsBookmark.sides, ...tips])] } };
}

function repositoryEvent({ identity, url }: Place, glance: Glance, head: string | null): Repository {
  const { defaultBranchRef } = glance;
  return {
    kind: "repository",
    ...identity,
    id: identity.repository,
    url,
    defaultBranch: defaultBranchRef?.name ?? null,
    head,
    archivedAt: archivedAt(glance),
    truncated: false,
  };
}

/** An older server does not tell when; after the last push nothing was delivered. */
function archivedAt({ isArchived, archivedAt: told, pushedAt }: Glance): Instant | null {
  return isArchived ? (told ?? pushedAt) : null;
}

/** The token may read the repository but not this part of it, or the part is switched off. */
function isWithheld(error: unknown): error is HostError {
  if (!(error instanceof HostError)) return false;
  const status = statusOf(error);
  return error.reason === "auth" ? status === 403 || status === null : status === 404 || status === 410;
}

const WHAT: Record<Stream, string> = {
  changes: "pull requests",
  issues: "issues",
  deployments: "deployments",
  releases: "tags and releases",
  runs: "workflow runs",
  alerts: "alerts",
  commits: "commits",
  files: "files",
};

function withheld({ identity }: Place, stream: Stream, { message }: HostError): Notice {
  return {
    level: "warning",
    code: `no-${stream}`,
    message: `${identity.repository}: its ${WHAT[stream]} could not be read, so numbers made of them are missing or older. ${message}`,
  };
}
