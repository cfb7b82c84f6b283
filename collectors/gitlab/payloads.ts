/** What GitLab answers, of which only the fields we read: https://docs.gitlab.com/api/rest/ */
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";

const At = z.iso.datetime({ offset: true }).transform((text): Instant => Date.parse(text));
const MaybeAt = At.nullish().transform((at) => at ?? null);
const Text = z.string().nullish();

/** A commit's dates are what its author's clock said, even where no calendar has them. */
const ClockAt = Text.transform((text): Instant | null => {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : at;
});

export const User = z.object({ id: z.number(), username: z.string(), name: z.string(), bot: z.boolean().nullish() });
export type User = z.infer<typeof User>;
const MaybeUser = User.nullish().transform((user) => user ?? null);

export const Project = z.object({
  id: z.number(),
  path_with_namespace: z.string(),
  web_url: z.string(),
  default_branch: Text,
  archived: z.boolean().nullish(),
  last_activity_at: MaybeAt,
  /** A date; until then it can be restored. */
  marked_for_deletion_on: Text,
});
export type Project = z.infer<typeof Project>;

export const Commit = z.object({
  id: z.string(),
  parent_ids: z.array(z.string()).nullish(),
  message: z.string(),
  author_name: z.string(),
  author_email: z.string(),
  authored_date: ClockAt,
  committed_date: ClockAt,
  /** Where they were asked for; of a merge against its first parent. */
  stats: z.object({ additions: z.number(), deletions: z.number() }).nullish(),
});
export type Commit = z.infer<typeof Commit>;

/** One file of a diff. Both paths are given, and are the same unless it was renamed. */
export const Diff = z.object({ old_path: z.string(), new_path: z.string() });
export type Diff = z.infer<typeof Diff>;

/** A file or a folder: https://docs.gitlab.com/api/repositories/#list-repository-tree */
export const TreeEntry = z.object({ path: z.string(), type: z.string() });
export type TreeEntry = z.infer<typeof TreeEntry>;

export const Comparison = z.object({ commits: z.array(Commit) });

export const Tag = z.object({
  name: z.string(),
  /** The tagger's date; a plain tag has none. */
  created_at: MaybeAt,
  /** Missing for a tag that names a file or a folder. */
  commit: z.object({ id: z.string(), committed_date: ClockAt }).nullish(),
});
export type Tag = z.infer<typeof Tag>;

export const Release = z.object({
  /** Hidden from those who may not read the code. */
  tag_name: Text,
  released_at: MaybeAt,
  upcoming_release: z.boolean().nullish(),
  commit: z.object({ id: z.string() }).nullish(),
  _links: z.object({ self: Text }).nullish(),
});
export type Release = z.infer<typeof Release>;

export const MergeRequest = z.object({
  iid: z.number(),
  title: z.string(),
  /** Read for the issues it closes, and not kept. */
  description: Text,
  state: z.string(),
  web_url: z.string(),
  target_branch: z.string(),
  source_branch: Text,
  author: MaybeUser,
  labels: z.array(z.string()),
  draft: z.boolean().nullish(),
  /** What older versions call a draft. */
  work_in_progress: z.boolean().nullish(),
  created_at: At,
  updated_at: At,
  merged_at: MaybeAt,
  closed_at: MaybeAt,
  sha: Text,
  merge_commit_sha: Text,
  squash_commit_sha: Text,
});
export type MergeRequest = z.infer<typeof MergeRequest>;

export const Note = z.object({
  id: z.number(),
  body: z.string(),
  author: MaybeUser,
  created_at: At,
  system: z.boolean(),
});
export type Note = z.infer<typeof Note>;

/** Something that happened to one of a project's merge requests: https://docs.gitlab.com/api/events/ */
export const Happening = z.object({ id: z.number(), target_iid: z.number().nullish(), created_at: At });
export type Happening = z.infer<typeof Happening>;

/** Only some answers give the tier of an environment. */
export const Environment = z.object({ id: z.number(), name: z.string(), tier: Text });
export type Environment = z.infer<typeof Environment>;

export const Deployment = z.object({
  id: z.number(),
  sha: Text,
  status: z.string(),
  created_at: At,
  updated_at: At,
  environment: Environment,
  /** The job that deployed; `null` when it was reported through the API. */
  deployable: z.object({ started_at: MaybeAt, finished_at: MaybeAt, web_url: Text }).nullish(),
});
export type Deployment = z.infer<typeof Deployment>;

export const Issue = z.object({
  iid: z.number(),
  title: z.string(),
  description: Text,
  state: z.string(),
  issue_type: Text,
  labels: z.array(z.string()),
  web_url: z.string(),
  created_at: At,
  updated_at: At,
  closed_at: MaybeAt,
});
export type Issue = z.infer<typeof Issue>;

export const Pipeline = z.object({
  id: z.number(),
  sha: z.string(),
  ref: Text,
  status: z.string(),
  source: Text,
  name: Text,
  web_url: Text,
  created_at: At,
  updated_at: At,
});
export type Pipeline = z.infer<typeof Pipeline>;

export const Job = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  allow_failure: z.boolean(),
  created_at: At,
  started_at: MaybeAt,
  finished_at: MaybeAt,
  /** Not every version says where a job deploys to; deployments do. */
  environment: z.object({ name: Text }).nullish(),
  /** The runner that took it; `null` also where that was removed since. */
  runner: z.object({ runner_type: Text, is_shared: z.boolean().nullish() }).nullish(),
  /** The tags by which it asked for a runner. */
  tag_list: z.array(z.string()).nullish(),
  /** As it was when the job was listed, without its name. */
  pipeline: z.object({ id: z.number(), ref: Text, source: Text, updated_at: MaybeAt }).nullish(),
});
export type Job = z.infer<typeof Job>;
