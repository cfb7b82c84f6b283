/** A pushed deployment: the fields of `POST /api/deployments` and of a row of a file. */
import { z } from "zod";
import type { Outcome } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { At, Id, Line, Name, Reading, Sha, Shas, Texts, Url, read, repositoryPath, said } from "./fields.ts";
import type { DeploymentSaying, Told } from "./sayings.ts";

const OUTCOMES = new Map<string, Outcome>([
  ["success", "success"],
  ["succeeded", "success"],
  ["successful", "success"],
  ["failure", "failure"],
  ["failed", "failure"],
  ["error", "failure"],
  ["running", "running"],
  ["started", "running"],
  ["in_progress", "running"],
  ["waiting", "waiting"],
  ["pending", "waiting"],
  ["queued", "waiting"],
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["inactive", "cancelled"],
  ["skipped", "skipped"],
]);

const STATUS = `Write one of ${[...OUTCOMES.keys()].join(", ")}.`;

const Status = said(z.string(STATUS).refine((word) => OUTCOMES.has(word.toLowerCase()), STATUS));

export const DeploymentBody = z.looseObject({
  id: Id.describe("Makes it the same deployment when it is sent again; also by the header `Idempotency-Key`."),
  service: Name.describe("The service's name; also `appName`. Not needed where `repository` is given."),
  appName: Name,
  repository: Name.describe("`acme/shop`, or its address."),
  version: Name.describe("A version or the name of a tag. This or `sha` is needed."),
  sha: Sha.describe("The commit that was rolled out; also `commitSha`."),
  commitSha: Sha,
  environment: Name.describe("Default: production; also `env`."),
  env: Name,
  startedAt: At.describe("When the roll-out began."),
  createdAt: At.describe("The same as `startedAt`, as exports call it."),
  deployedAt: At.describe("When it ended; also `date` or `finished_at`. Default: now."),
  date: At,
  finished_at: At,
  status: Status.describe("Default: success."),
  includedCommitShas: Shas.describe(
    "Exactly the commits it carries. Default: what its commit contains and none before it did.",
  ),
  filePathFilters: Texts.describe("Accepted, and not used yet."),
  fixesVersion: Name.describe("The version that this repairs: it counts as rework."),
  url: Url,
  description: Line.describe("Accepted, and not kept."),
});

/** What a message without `id` may bring along. */
export interface Envelope {
  /** The header `Idempotency-Key`. */
  readonly key: string | null;
  readonly now: Instant;
}

/** @throws Unacceptable */
export function readDeployment(body: unknown, { key, now }: Envelope): Told {
  const fields = read(DeploymentBody, body);
  const reading = new Reading(fields, now);
  const repository = reading.text("repository");
  const service = reading.text("service", "appName") ?? (repository === null ? null : repositoryPath(repository));
  const version = reading.text("version");
  const sha = reading.text("sha", "commitSha")?.toLowerCase() ?? null;
  const startedAt = reading.at("startedAt", "createdAt");
  const outcome = OUTCOMES.get(fields.status?.toLowerCase() ?? "") ?? "success";
  const isDone = outcome !== "running" && outcome !== "waiting";
  const deployedAt = reading.at("deployedAt", "date", "finished_at");
  const at = deployedAt ?? (isDone && outcome === "success" ? null : startedAt);
  const environment = reading.text("environment", "env");
  if (service === null || service === "") reading.refuse("service", "Say which service, or which `repository`.");
  if (version === null && sha === null) reading.refuse("version", "Say what was rolled out: `version` or `sha`.");
  if (startedAt !== null && deployedAt !== null && deployedAt < startedAt)
    reading.refuse("startedAt", "This is after the end.");
  reading.finish();
  const says: DeploymentSaying = {
    part: isDone ? "done" : outcome === "running" ? "running" : "waiting",
    at: at ?? now,
    outcome,
    startedAt,
    environment,
    version,
    sha,
    url: fields.url ?? null,
    fixesVersion: fields.fixesVersion ?? null,
    includedCommits: fields.includedCommitShas?.map((one) => one.toLowerCase()) ?? null,
  };
  return {
    kind: "deployment",
    id: fields.id ?? key ?? deploymentId(environment ?? "production", version ?? sha ?? "", at ?? now),
    service: service ?? "",
    repository: repository === null ? null : repositoryPath(repository),
    dated: at !== null,
    says,
  };
}

/** Who gives no id deploys one thing to one place at one time. */
function deploymentId(environment: string, what: string, at: Instant): string {
  return `${environment} ${what} ${new Date(at).toISOString()}`;
}
