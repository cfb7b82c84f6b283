/** Which changes of a host are hotfixes, applied when facts are derived: a change of it needs no new sync. */
import { z } from "zod";

export const Pattern = z.string().refine(isPattern, {
  error: ({ input }) => `"${String(input)}" is no regular expression, so nothing could be matched with it.`,
});

export const Hotfix = z.strictObject({
  /** Labels of changes. */
  labels: z.array(z.string().min(1)).default([]),
  /** Regular expressions on the branches they come from. */
  branches: z.array(Pattern).default([]),
});

function isPattern(text: string): boolean {
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
