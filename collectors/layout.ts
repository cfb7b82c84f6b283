/** What the files of a repository tell, as an event. */
import type { Identity, Layout } from "#metrics/events.ts";
import { layoutOf } from "#metrics/layout/layout.ts";

/** More files than this are not looked at: the largest repositories have a few times as many, and say no more by then. */
export const MOST_FILES = 200_000;

/** @param paths those at the end of the default branch. */
export function layoutEvent(place: Omit<Identity, "id">, paths: Iterable<string>, isWhole: boolean): Layout {
  return { kind: "layout", ...place, id: place.repository, ...layoutOf(paths, isWhole) };
}
