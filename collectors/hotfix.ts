/** Which changes of a host are hotfixes, applied when facts are derived: a change of it needs no new sync. */
import { z } from "zod";
import { Pattern } from "./patterns.ts";

export const Hotfix = z.strictObject({
  /** Labels of changes. */
  labels: z.array(z.string().min(1)).default([]),
  /** Regular expressions on the branches they come from. */
  branches: z.array(Pattern).default([]),
});
