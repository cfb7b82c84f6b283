/** What the configuration may say of a plain git repository. */
import { z } from "zod";
import { isRemote } from "./remote.ts";

/** Which tags are releases, applied when facts are derived: a change of it needs no new sync. */
const Releases = z.strictObject({
  /** Semantic versions without or with pre-releases, or a regular expression over tag names. */
  tags: z
    .string()
    .refine(isTagRule, {
      error: ({ input }) =>
        `"${String(input)}" is no regular expression, so no tag could be told to be a release. Write "stable", "prerelease" or a pattern such as "^release-".`,
    })
    .default("stable"),
  /** `default` leaves out releases that lie beside the default branch. */
  branch: z.enum(["any", "default"]).default("any"),
});

export const GitOptions = z
  .strictObject({
    host: z.literal("git"),
    path: z
      .string()
      .min(1)
      .refine((path) => !path.startsWith("-"), "A path cannot start with “-”: write it with “./” before it.")
      .optional(),
    url: z
      .string()
      .refine(isRemote, "Only https, http, ssh, git and file addresses and user@host:path can be cloned.")
      .optional(),
    /** The repository's name as shown. */
    name: z.string().min(1).optional(),
    /** The default branch, where the repository does not say it itself. */
    branch: z
      .string()
      .regex(/^(?!-)[^\s~^:?*[\\]+$/, "This cannot be the name of a branch.")
      .optional(),
    releases: Releases.prefault({}),
  })
  .refine(({ path, url }) => (path === undefined) !== (url === undefined), {
    error: "A git source needs exactly one of `path` (a repository on this machine) and `url` (one to clone).",
  });
export type GitOptions = z.infer<typeof GitOptions>;

function isTagRule(text: string): boolean {
  if (text === "stable" || text === "prerelease") return true;
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
