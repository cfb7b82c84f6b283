/** What GitLab says becomes what happened. */
import type {
  Commit as CommitEvent,
  Deployment as DeploymentEvent,
  DeploymentStatus,
  Incident,
  Job as JobEvent,
  Pipeline as PipelineEvent,
  Release as ReleaseEvent,
  Repository,
} from "#metrics/events.ts";
import { authorOf } from "../git/actors.ts";
import type { People } from "../people.ts";
import { changeNumber, cherryPickedFrom, reverted, titleOf } from "../message.ts";
import { gitLabRunner } from "../runner.ts";
import { attemptsOf } from "./attempts.ts";
import { isFinal, outcomeOf } from "./outcomes.ts";
import type { Commit, Deployment, Issue, Job, Pipeline, Project, Release, Tag } from "./payloads.ts";
import type { Place } from "./reading.ts";

const TITLE_LIMIT = 300;

/** GitLab does not say when a project was archived; nothing happens in it afterwards, so its last activity stands for it. */
export function repositoryEvent(place: Place, project: Project, head: string | null): Repository {
  return {
    kind: "repository",
    ...place,
    id: place.repository,
    url: project.web_url,
    defaultBranch: project.default_branch ?? null,
    head,
    archivedAt: project.archived === true ? project.last_activity_at : null,
    truncated: false,
  };
}

/**
 * The message itself is not kept: it may say anything.
 *
 * @param paths the files it changed, where they were read.
 */
export function commitEvent(
  place: Place,
  commit: Commit,
  people: People,
  paths: readonly string[] | null = null,
): CommitEvent {
  const { id, parent_ids, message, author_name, author_email, authored_date, committed_date } = commit;
  return {
    kind: "commit",
    ...place,
    id,
    parents: parent_ids ?? [],
    ...people.person(authorOf(author_name, author_email)),
    authoredAt: authored_date,
    committedAt: committed_date,
    title: shortened(titleOf(message)),
    changeNumber: changeNumber(message),
    reverts: reverted(message),
    cherryPickedFrom: cherryPickedFrom(message),
    paths,
  };
}

/** A tag, and the release published for it if there is one. GitLab knows no pre-releases, so no published release is one. */
export function releaseEvent(place: Place, project: Project, name: string, tag: Tag | null, release: Release | null) {
  const event: ReleaseEvent = {
    kind: "release",
    ...place,
    id: name,
    name,
    url: release?._links?.self ?? `${project.web_url}/-/tags/${encodeURIComponent(name)}`,
    sha: tag?.commit?.id ?? release?.commit?.id ?? null,
    publishedAt: release?.released_at ?? tag?.created_at ?? tag?.commit?.committed_date ?? null,
    draft: release?.upcoming_release === true,
    prerelease: release === null ? null : false,
  };
  return event;
}

/** @param tier where the answer itself does not give it. */
export function deploymentEvent(place: Place, deployment: Deployment, tier: string | null): DeploymentEvent {
  const { id, environment, deployable, sha, created_at } = deployment;
  return {
    kind: "deployment",
    ...place,
    id: String(id),
    url: deployable?.web_url ?? null,
    environment: environment.name,
    tier: environment.tier ?? tier,
    sha: sha ?? null,
    createdAt: created_at,
    statuses: statusesOf(deployment),
    fixesVersion: null,
    // A job of a pipeline made it, whoever started that. What came through the API says nothing of who sent it.
    ...((deployable ?? null) !== null && { deployerKind: "bot" }),
  };
}

/** GitLab keeps no history of statuses: what is known are the creation, the start of the job, and the present. */
function statusesOf({ status, created_at, updated_at, deployable }: Deployment): DeploymentStatus[] {
  const now = outcomeOf(status);
  const statuses: DeploymentStatus[] = [{ outcome: "waiting", at: created_at }];
  const startedAt = deployable?.started_at ?? null;
  if (startedAt !== null) statuses.push({ outcome: "running", at: startedAt });
  if (isFinal(now)) statuses.push({ outcome: now, at: deployable?.finished_at ?? updated_at });
  else if (now === "running" && startedAt === null) statuses.push({ outcome: now, at: updated_at });
  return statuses;
}

export function incidentEvent(place: Place, issue: Issue): Incident {
  const text = issue.description ?? "";
  return {
    kind: "incident",
    ...place,
    id: String(issue.iid),
    number: issue.iid,
    url: issue.web_url,
    title: shortened(issue.title),
    labels: issue.labels,
    openedAt: issue.created_at,
    resolvedAt: issue.state === "closed" ? issue.closed_at : null,
    falseAlarm: false,
    deployment: /^\s*Deployment:\s*(\S+)/im.exec(text)?.[1] ?? null,
    causedBy: /^\s*Caused by:\s*(\S+)/im.exec(text)?.[1] ?? null,
  };
}

/**
 * The list says when a pipeline was last updated, which of a finished one is when it finished.
 *
 * @param jobs those of all attempts, or none where they were not read. Each try of a job is a job of its own.
 */
export function pipelineEvent(place: Place, pipeline: Pipeline, jobs: readonly Job[]): PipelineEvent {
  const { id, name, source, web_url, sha, ref, status, created_at, updated_at } = pipeline;
  const outcome = outcomeOf(status);
  return {
    kind: "pipeline",
    ...place,
    id: String(id),
    name: name ?? source ?? "",
    url: web_url ?? null,
    sha,
    branch: ref ?? null,
    outcome,
    ...attemptsOf(jobs),
    createdAt: created_at,
    finishedAt: isFinal(outcome) ? updated_at : null,
    jobs: jobs.map(jobOf),
  };
}

function jobOf(job: Job): JobEvent {
  const { id, name, status, allow_failure, environment, started_at, finished_at } = job;
  return {
    id: String(id),
    name,
    outcome: outcomeOf(status),
    allowedToFail: allow_failure,
    environment: environment?.name ?? null,
    startedAt: started_at,
    finishedAt: finished_at,
    runner: gitLabRunner(job),
  };
}

/** At most so many characters, none of them cut in half. */
export function shortened(title: string): string {
  if (title.length <= TITLE_LIMIT) return title;
  return Array.from(title.slice(0, 2 * TITLE_LIMIT))
    .slice(0, TITLE_LIMIT)
    .join("");
}
