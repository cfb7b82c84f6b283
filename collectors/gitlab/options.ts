/** What the configuration may say of GitLab, GitLab.com or self-managed. */
import { z } from "zod";
import { Hotfix } from "../hotfix.ts";
import { Pattern, Releases } from "../patterns.ts";

/** `acme/*` is every project directly in acme, `acme/**` those of its subgroups too. */
const Glob = z.string().min(1);

export const GitLabOptions = z
  .strictObject({
    host: z.literal("gitlab"),
    /** Where GitLab is, without `/api/v4`. */
    url: z
      .url({ protocol: /^https?$/, error: "The address of a GitLab begins with https://, such as https://gitlab.com." })
      .default("https://gitlab.com")
      .transform((url) => url.replace(/\/+$/, "").replace(/\/api\/v4$/, "")),
    /** A personal, group or project access token with the scope `read_api`. */
    token: z.string().min(1),
    /** Paths such as `acme/shell`. */
    projects: z.array(z.string().min(1)).min(1).optional(),
    /** A group, with all of its subgroups. */
    group: z.string().min(1).optional(),
    /** Of the group's projects only these; empty means all. */
    include: z.array(Glob).default([]),
    exclude: z.array(Glob).default([]),
    /** Whether the group's archived projects are collected too. */
    archived: z.boolean().default(true),
    /** Which environments are production, where GitLab's tiers do not say it. Applied when facts are derived. */
    production: Pattern.optional(),
    /** How long before the first known deployment a change may have been merged to be carried by it; 0 is no limit. Applied when facts are derived. */
    backfillDays: z.int().min(0).default(90),
    releases: Releases.prefault({}),
    /** Which changes are hotfixes. Applied when facts are derived. */
    hotfix: Hotfix.prefault({}),
    incidentLabels: z.array(z.string().min(1)).default(["incident"]),
    /** Whether it is looked up when the issues were opened that merge requests close: one request per 100 of these at most. */
    requests: z.boolean().default(true),
    /** Whether pipelines are read: one request per 100 of them. Those that a rule needs are read all the same. */
    pipelines: z.boolean().default(true),
    /** Branches and tags whose pipelines' jobs are read as well: at most one more request for each of these pipelines. */
    jobs: Pattern.optional(),
    /** Whether what scanners found is read, where the plan (Ultimate) and the token show it: one request per 100. */
    alerts: z.boolean().default(true),
    /** Whether the names of files are listed, of which it is kept what they tell a repository is for: one request a week per 100 files, at most 50, where something was pushed. */
    files: z.boolean().default(true),
    /** What the host's webhooks are signed with or sent with: they make this source sync at once. */
    webhookSecret: z.string().min(16, "This is short enough to be guessed: make it 16 characters or more.").optional(),
    /** Share of the token's limit that a sync may use; the rest is left to people. */
    budget: z.number().min(0.05).max(1).default(0.8),
  })
  .refine(({ projects, group }) => (projects === undefined) !== (group === undefined), {
    error: "A GitLab source needs exactly one of `projects` (a list of paths) and `group` (with its subgroups).",
  });
export type GitLabOptions = z.infer<typeof GitLabOptions>;
