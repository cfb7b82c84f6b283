/** What a service has, at a glance. */
import type { Repository } from "#metrics/events.ts";
import type { Route } from "#metrics/facts.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted, upsert } from "./bulk.ts";
import { route } from "./deployment-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { ServiceRecord } from "./sources.ts";

export interface ServiceSummary {
  readonly branch: string | null;
  /** When its repository was archived, or the last thing known of it after that; `null` while it is not archived. */
  readonly endedAt: Instant | null;
  /** Tags, whether or not they count as releases. */
  readonly tags: number;
  /** Commits of the default branch. */
  readonly commits: number;
  readonly firstCommitAt: Instant | null;
  readonly lastCommitAt: Instant | null;
  readonly deployments: number;
  readonly firstDeployedAt: Instant | null;
  readonly lastDeployedAt: Instant | null;
  /** By which way its latest deployment is known; `null` when there is none. */
  readonly route: Route | null;
  /** Deployments that a host or a sender told of, wherever they went and whether or not they succeeded. */
  readonly recorded: number;
  /** When the first of those to production was made. */
  readonly firstAttemptAt: Instant | null;
  /** Changes that a host tells of. */
  readonly changes: number;
  readonly incidents: number;
  readonly firstIncidentAt: Instant | null;
  /** Alerts of scanners, whatever became of them. */
  readonly alerts: number;
  readonly firstAlertAt: Instant | null;
  /** Runs of pipelines, finished or not. */
  readonly pipelines: number;
  readonly firstPipelineAt: Instant | null;
  /** Of a part of a repository: commits that nobody can give to it; `null` of a whole one. */
  readonly unplacedCommits: number | null;
  /** Non-merge commits of the default branch that no deployment contains yet. */
  readonly waiting: number;
}

/** Of each service; what was summarised since its facts were derived is read, the others are looked at. */
export async function readSummaries(
  db: Kysely<Schema>,
  services: readonly ServiceRecord[],
): Promise<{ readonly all: Summaries; readonly made: Summaries }> {
  const { lists, isAmong } = phrasesOf(db);
  const ids = services.map(({ serviceId }) => serviceId);
  const { rows } = await sql<{ page: string }>`select ${lists(sql`service_id`, sql`derived`, sql`body`)} as page
    from summary where ${isAmong(sql`service_id`, ids)}`.execute(db);
  const known = new Map(
    trusted<[number, number, string][]>(rows[0]?.page ?? "[]").map(([id, derived, body]) => [`${id} ${derived}`, body]),
  );
  const all = new Map<ServiceRecord, ServiceSummary>();
  const made = new Map<ServiceRecord, ServiceSummary>();
  for (const service of services) {
    const body = known.get(`${service.serviceId} ${service.derived}`);
    const summary = body === undefined ? await summarise(db, service) : trusted<ServiceSummary>(body);
    all.set(service, summary);
    if (body === undefined) made.set(service, summary);
  }
  return { all, made };
}

export type Summaries = ReadonlyMap<ServiceRecord, ServiceSummary>;

export async function keepSummaries(db: Kysely<Schema>, made: Summaries): Promise<void> {
  const rows = [...made].map(([{ serviceId, derived }, summary]) => [serviceId, derived, JSON.stringify(summary)]);
  await upsert(db, { table: "summary", key: ["service_id"], columns: ["service_id", "derived", "body"] }, rows);
}

async function summarise(
  db: Kysely<Schema>,
  { serviceId, sourceId, repository }: ServiceRecord,
): Promise<ServiceSummary> {
  const event = db.selectFrom("event").where("source_id", "=", sourceId).where("repository", "=", repository);
  const tags = await event
    .where("kind", "=", "release")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const told = await event.where("kind", "=", "repository").select("body").executeTakeFirst();
  const state = told === undefined ? null : trusted<Pick<Repository, "defaultBranch" | "archivedAt">>(told.body);
  const commits = await db
    .selectFrom("commit_fact")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.min("committed_at").as("first"),
      fn.max("committed_at").as("last"),
      fn
        .countAll<number>()
        .filterWhere("deployed_at", "is", null)
        .filterWhere("is_before_record", "=", 0)
        .filterWhere("is_merge", "=", 0)
        .as("waiting"),
    ])
    .where("service_id", "=", serviceId)
    .where("on_default_branch", "=", 1)
    .executeTakeFirstOrThrow();
  const deployments = await db
    .selectFrom("deployment_fact")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.min("deployed_at").as("first"),
      fn.max("deployed_at").as("last"),
    ])
    .where("service_id", "=", serviceId)
    .where("tier", "=", "production")
    .where("deployed_at", "is not", null)
    .executeTakeFirstOrThrow();
  const latest = await db
    .selectFrom("deployment_fact")
    .select("route")
    .where("service_id", "=", serviceId)
    .where("tier", "=", "production")
    .where("deployed_at", "is not", null)
    .orderBy("deployed_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const recorded = await db
    .selectFrom("deployment_fact")
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.min("created_at").filterWhere("tier", "=", "production").as("first"),
    ])
    .where("service_id", "=", serviceId)
    .where("route", "in", ["deployment", "job", "run", "push"])
    .executeTakeFirstOrThrow();
  const incidents = await db
    .selectFrom("incident_fact")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("opened_at").as("first")])
    .where("service_id", "=", serviceId)
    .executeTakeFirstOrThrow();
  const changes = await db
    .selectFrom("change_fact")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("service_id", "=", serviceId)
    .where("opened_at", "is not", null)
    .executeTakeFirstOrThrow();
  const alerts = await db
    .selectFrom("alert_fact")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("opened_at").as("first")])
    .where("service_id", "=", serviceId)
    .executeTakeFirstOrThrow();
  const pipelines = await db
    .selectFrom("pipeline_fact")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("created_at").as("first")])
    .where("service_id", "=", serviceId)
    .executeTakeFirstOrThrow();
  const service = await db
    .selectFrom("service")
    .select("unplaced_commits")
    .where("id", "=", serviceId)
    .executeTakeFirst();
  return {
    branch: state?.defaultBranch ?? null,
    endedAt: await endOf(db, serviceId, state?.archivedAt ?? null),
    tags: tags.count,
    commits: commits.count,
    firstCommitAt: commits.first,
    lastCommitAt: commits.last,
    waiting: commits.waiting,
    deployments: deployments.count,
    firstDeployedAt: deployments.first,
    lastDeployedAt: deployments.last,
    route: latest === undefined ? null : route(latest.route),
    recorded: recorded.count,
    firstAttemptAt: recorded.first,
    unplacedCommits: service?.unplaced_commits ?? null,
    changes: changes.count,
    incidents: incidents.count,
    firstIncidentAt: incidents.first,
    alerts: alerts.count,
    firstAlertAt: alerts.first,
    pipelines: pipelines.count,
    firstPipelineAt: pipelines.first,
  };
}

/** What is delivered from elsewhere may go on in an archived repository, where it is pushed: nothing known is left out. */
async function endOf(db: Kysely<Schema>, serviceId: number, archivedAt: Instant | null): Promise<Instant | null> {
  if (archivedAt === null) return null;
  const instants = {
    commit_fact: ["committed_at"],
    change_fact: ["merged_at"],
    deployment_fact: ["created_at", "deployed_at"],
  };
  const later = {
    ...instants,
    incident_fact: ["opened_at"],
    alert_fact: ["opened_at", "fixed_at"],
    pipeline_fact: ["finished_at"],
  };
  const lasts = Object.entries(later).flatMap(([table, columns]) =>
    columns.map(
      (column) => sql`select max(${sql.ref(column)}) as at from ${sql.table(table)} where service_id = ${serviceId}`,
    ),
  );
  const { rows } = await sql<{ last: number | null }>`
    select max(at) as last from (${sql.join(lasts, sql` union all `)}) as instants`.execute(db);
  return Math.max(archivedAt, rows[0]?.last ?? archivedAt);
}
