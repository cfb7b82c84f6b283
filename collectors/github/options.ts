/** What the configuration may say of repositories on GitHub or on a GitHub Enterprise server. */
import { z } from "zod";
import { Hotfix } from "../hotfix.ts";
import { Pattern, Releases } from "../patterns.ts";

/** `owner/name`, as in the repository's address. */
const Name = z
  .string()
  .regex(/^[\w.-]+\/[\w.-]+$/, "A repository is written as in its address: owner/name, such as acme/shop.");

/** A name in which `*` stands for anything but “/” and `**` for anything. */
const Glob = z.string().min(1);

const App = z.strictObject({
  id: z.union([z.number().int().positive(), z.string().min(1)]),
  privateKey: z.string().min(1),
  installation: z.coerce.number().int().positive(),
});

export const GitHubOptions = z
  .strictObject({
    host: z.literal("github"),
    /** What it is called, instead of by its owners: needed when several sources are of the same owner. Another name is another source. */
    name: z.string().trim().min(1).optional(),
    /** The API's address; for GitHub Enterprise it ends in `/api/v3`. */
    url: z
      .url({ protocol: /^https?$/, error: "This is no address. For GitHub Enterprise: https://ghe.example/api/v3" })
      .transform((url) => url.replace(/\/+$/, ""))
      .default("https://api.github.com"),
    token: z.string().min(1).optional(),
    app: App.optional(),
    repositories: z.array(Name).min(1).optional(),
    organization: z.string().min(1).optional(),
    /** Of an organisation: only repositories whose name (`shop` or `acme/shop`) matches one of these. */
    include: z.array(Glob).min(1).optional(),
    exclude: z.array(Glob).default([]),
    archived: z.boolean().default(true),
    forks: z.boolean().default(false),
    /** Environments that are production. */
    production: Pattern.optional(),
    /** How far before the first known deployment changes still count as carried by it; 0: without limit. */
    backfillDays: z.number().int().min(0).default(90),
    releases: Releases.prefault({}),
    /** Which changes are hotfixes. Applied when facts are derived. */
    hotfix: Hotfix.prefault({}),
    incidentLabels: z.array(z.string().min(1)).min(1).default(["incident"]),
    /** Whether workflow runs are read: one request per 100 runs. */
    runs: z.boolean().default(true),
    /** Names of workflows whose jobs and earlier attempts are read as well: one more request for each of their runs and attempts. */
    jobs: Pattern.optional(),
    /** Whether the alerts of code scanning, Dependabot and secret scanning are read: three requests per sync, where GitHub tells them. */
    alerts: z.boolean().default(true),
    /** Whether the names of files are listed, of which it is kept what they tell a repository is for: one request a day where something was pushed. */
    files: z.boolean().default(true),
    /** What the host's webhooks are signed with or sent with: they make this source sync at once. */
    webhookSecret: z.string().min(16, "This is short enough to be guessed: make it 16 characters or more.").optional(),
    /** Share of the token's limit that a sync may use; the rest is left to people. */
    budget: z.number().min(0.05).max(1).default(0.8),
  })
  .refine(({ token, app }) => (token === undefined) !== (app === undefined), {
    error: "A GitHub source needs exactly one of `token` and `app` (id, privateKey, installation).",
  })
  .refine(({ repositories, organization }) => (repositories === undefined) !== (organization === undefined), {
    error: "A GitHub source needs exactly one of `repositories` (a list of owner/name) and `organization`.",
  });
export type GitHubOptions = z.infer<typeof GitHubOptions>;
