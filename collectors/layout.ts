/** What the files of a repository tell, as an event. */
import type { Identity, Layout } from "#metrics/events.ts";
import { layoutOf } from "#metrics/layout/layout.ts";
import { SORTS_VERSION } from "#metrics/layout/sorts.ts";
import type { Instant } from "#metrics/time.ts";
import type { HostError, Notice } from "./collector.ts";
import { statusOf } from "./polite/index.ts";

/** More files than this are not looked at: the largest repositories have a few times as many, and say no more by then. */
export const MOST_FILES = 200_000;

/** @param paths those at the end of the default branch. */
export function layoutEvent(place: Omit<Identity, "id">, paths: Iterable<string>, isWhole: boolean): Layout {
  return { kind: "layout", ...place, id: place.repository, ...layoutOf(paths, isWhole) };
}

/** What a host was asked for the last time. */
interface Listed {
  /** The commit at which it was. */
  readonly head: string;
  /** By which rules the names were read. */
  readonly sorts: number;
  readonly readAt: Instant;
}

/** Whether what a host listed is good enough: nothing was pushed since, or it was asked less than `span` milliseconds ago. */
export function isListed(before: Listed | null, head: string, now: Instant, span: number): boolean {
  return before?.sorts === SORTS_VERSION && (before.head === head || now - before.readAt < span);
}

/** @param than why more is not known, after "more files than". */
export function cutNotice(repository: string, than: string, count: number): Notice {
  return {
    level: "info",
    code: "files-cut",
    message: `${repository} has more files than ${than}: what its ${count} first ones tell is known. Nothing needs to be done.`,
  };
}

/** What the refusal of a whole repository would say is not what this one means: everything else was read. */
export function unlistedNotice(
  repository: string,
  error: HostError,
  { host, again }: { readonly host: string; readonly again: string },
): Notice {
  const status = statusOf(error);
  const why = status === null ? `${host} did not answer` : `${host} answered ${status}`;
  return {
    level: "info",
    code: "files-unlisted",
    message: `The files of ${repository} could not be listed (${why}), so nothing is suggested of what it is for; all else is read. It is tried again when something is pushed, ${again} at the earliest; \`files: false\` stops that.`,
  };
}
