/** Where a git source got to: what was read is everything reachable from these commits and tags. */
import { z } from "zod";
import type { Cursor } from "../collector.ts";

const Id = z.string().nullable();

/** Pairs and no object: a tag may be called `__proto__`. */
const Bookmark = z.object({
  version: z.literal(1),
  head: Id,
  mainline: z.object({ branch: Id, local: Id, origin: Id, checkedOut: z.boolean() }),
  shallow: Id,
  tags: z.array(z.tuple([z.string(), z.string()])),
  /** Whether it was read which files commits changed. */
  paths: z.boolean().default(false),
  /** Who was who then. */
  people: z.string().default(""),
  /** By which rules its files were looked at. */
  sorts: z.number().default(0),
});
export type Bookmark = z.infer<typeof Bookmark>;

/** Whether commits would be other events than they were: there are more of them, or more is known of them. */
export function readsOtherwise(before: Bookmark, now: Pick<Bookmark, "shallow" | "paths" | "people">): boolean {
  return before.shallow !== now.shallow || before.people !== now.people || (now.paths && !before.paths);
}

export function toCursor(bookmark: Bookmark): Cursor {
  return JSON.stringify(bookmark);
}

/** `null` for a cursor this version did not write: reading from the beginning is always right. */
export function fromCursor(cursor: Cursor | null): Bookmark | null {
  if (cursor === null) return null;
  try {
    return Bookmark.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
}
