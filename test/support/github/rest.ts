/** The part of GitHub's REST API that is used, in the official shapes, which its types hold this to. */
import type { RestEndpointMethodTypes as Endpoints } from "@octokit/rest";
import type { FakeCommit, FakeDeployment, FakeFile, FakeRepository, FakeRun } from "./world.ts";

type Answer<Group extends keyof Endpoints, Name extends keyof Endpoints[Group]> = Endpoints[Group][Name] extends {
  response: { data: infer Data };
}
  ? Data
  : never;

type Commit = Answer<"repos", "listCommits">[number];
type DiffEntry = Answer<"pulls", "listFiles">[number];
type Run = Answer<"actions", "listWorkflowRunsForRepo">["workflow_runs"][number];
type Job = Answer<"actions", "listJobsForWorkflowRun">["jobs"][number];
type Deployment = Answer<"repos", "getDeployment">;
type Status = Answer<"repos", "listDeploymentStatuses">[number];
type Repository = Answer<"repos", "listForOrg">[number];

export function iso(at: number): string {
  return new Date(at).toISOString().replace(".000", "");
}

export function commitOf({ sha, parents, author, name, email, message, authoredAt, committedAt }: FakeCommit) {
  const account = author === null ? null : { login: accountName(author), type: author.type };
  return {
    sha,
    commit: {
      author: { name, email, date: iso(authoredAt) },
      committer: { name, email, date: iso(committedAt) },
      message,
    },
    author: account,
    parents: parents.map((parent) => ({ sha: parent, url: `https://github.test/commits/${parent}` })),
  } satisfies Omit<Pick<Commit, "sha" | "parents">, never> & {
    commit: Pick<Commit["commit"], "author" | "committer" | "message">;
    author: Pick<NonNullable<Extract<Commit["author"], { login: string }>>, "login" | "type"> | null;
  };
}

function accountName({ login, type }: { login: string; type: string }): string {
  return type === "Bot" ? `${login}[bot]` : login;
}

export function fileOf(file: FakeFile) {
  const [before, now] = typeof file === "string" ? [undefined, file] : file;
  return { filename: now, ...(before !== undefined && { previous_filename: before }) } satisfies Partial<DiffEntry>;
}

export function runOf({ fullName }: FakeRepository, run: FakeRun) {
  return {
    id: run.id,
    name: run.name,
    path: ".github/workflows/ci.yml",
    html_url: `https://github.test/${fullName}/actions/runs/${run.id}`,
    head_sha: run.sha,
    head_branch: run.branch,
    status: run.status,
    conclusion: run.conclusion,
    run_attempt: run.attempt,
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    run_started_at: iso(run.startedAt),
  } satisfies Partial<Run>;
}

export function jobOf(run: FakeRun, job: FakeRun["jobs"][number]) {
  return {
    id: job.id,
    run_id: run.id,
    name: job.name,
    status: "completed",
    conclusion: job.conclusion as Job["conclusion"],
    started_at: iso(job.startedAt ?? run.startedAt),
    completed_at: iso(job.completedAt ?? run.updatedAt),
    run_attempt: job.attempt ?? run.attempt,
    ...(job.labels !== undefined && {
      labels: job.labels,
      runner_id: typeof job.runner === "string" ? 7 : null,
      runner_name: job.runner ?? null,
      runner_group_name: job.group ?? null,
    }),
  } satisfies Partial<Job>;
}

export function deploymentOf({ id, sha, environment, createdAt, creator }: FakeDeployment) {
  return {
    id,
    sha,
    environment,
    original_environment: environment,
    created_at: iso(createdAt),
    creator: { login: accountName(creator), type: creator.type },
  } satisfies Partial<Omit<Deployment, "creator">> & {
    creator: Pick<NonNullable<Deployment["creator"]>, "login" | "type">;
  };
}

export function statusOf({ state, at }: FakeDeployment["statuses"][number]) {
  return { state: state.toLowerCase() as Status["state"], created_at: iso(at) } satisfies Partial<Status>;
}

export function repositoryOf({ id, fullName, isArchived, isFork }: FakeRepository) {
  return { id, full_name: fullName, archived: isArchived, fork: isFork } satisfies Partial<Repository>;
}
