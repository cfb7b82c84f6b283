/** What is settled of a service's history, and the recent part of it: enough to derive the facts of a day. */
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { Known, Recent } from "#metrics/recent.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Schema } from "./schema.ts";
import type { RepositoryRecord } from "./services.ts";

/** Keeps what is settled of a service; `null`: nothing is known to be. */
export async function keepSettled(db: Kysely<Schema>, serviceId: number, settled: Settled | null): Promise<void> {
  if (settled === null) {
    await db.deleteFrom("settled").where("service_id", "=", serviceId).execute();
    return;
  }
  const body = JSON.stringify(settled);
  await db
    .insertInto("settled")
    .values({ service_id: serviceId, body })
    .onConflict((conflict) => conflict.column("service_id").doUpdateSet({ body }))
    .execute();
}

const KINDS = ["commit", "change", "deployment", "incident", "pipeline"] as const;
/** Of these nothing else is made than the facts themselves, or nothing where deployments are recorded. */
const ASIDE: readonly EventKind[] = ["repository", "release", "alert"];

/**
 * The recent part of a service's repository.
 *
 * @returns `null` where nothing is settled, or something was removed.
 */
export async function readRecent(
  db: Kysely<Schema>,
  serviceId: number,
  { sourceId, source, repository }: RepositoryRecord,
): Promise<Recent | null> {
  const { rows } = await sql<{ settled: string | null; news: string }>`select
    (select body from settled where service_id = ${serviceId}) as settled,
    (select json_group_array(json_array(kind, id)) from news where source_id = ${sourceId} and repository = ${repository}) as news`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined || row.settled === null) return null;
  const settled = trusted<Settled>(row.settled);
  const fresh = trusted<[EventKind, string][]>(row.news);
  const wanted = new Map<string, readonly [EventKind, string]>([["repository", ["repository", repository]]]);
  const want = (kind: EventKind, id: string) => wanted.set(`${kind} ${id}`, [kind, id]);
  for (const kind of KINDS) for (const id of [...settled.open[kind], ...settled.edge[kind]]) want(kind, id);
  for (const [kind, id] of fresh) want(kind, id);
  const events = await readThese(db, sourceId, { source, repository }, [...wanted.values()]);
  if (events.length < wanted.size) return null;
  const history = historyOf(events);
  if (history === null) return null;
  return { history, settled, news: idsOf(fresh.filter(([kind]) => !ASIDE.includes(kind))) };
}

async function readThese(
  db: Kysely<Schema>,
  sourceId: number,
  identity: { source: string; repository: string },
  wanted: readonly (readonly [EventKind, string])[],
): Promise<readonly DeliveryEvent[]> {
  const { rows } = await sql<{ page: string }>`
    select '[' || coalesce(group_concat('[' || json_quote(event.kind) || ',' || json_quote(event.id) || ',' || event.body || ']'), '') || ']' as page
    from (select value ->> 0 as kind, value ->> 1 as id from json_each(${JSON.stringify(wanted)})) as wanted
    cross join event on event.source_id = ${sourceId} and event.kind = wanted.kind
      and event.repository = ${identity.repository} and event.id = wanted.id`.execute(db);
  return trusted<[EventKind, string, object][]>(rows[0]?.page ?? "[]").map(
    ([kind, id, body]) =>
      // oxlint-disable-next-line no-unsafe-type-assertion -- the body is the rest of the event that was stored
      Object.assign(body, { ...identity, kind, id }) as unknown as DeliveryEvent,
  );
}

/** In the order in which a whole history is read. */
function historyOf(events: readonly DeliveryEvent[]): History | null {
  const of = <K extends EventKind>(kind: K) =>
    events
      .filter((event): event is Extract<DeliveryEvent, { kind: K }> => event.kind === kind)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [repository] = of("repository");
  if (repository === undefined) return null;
  return {
    repository,
    commits: of("commit"),
    releases: [],
    changes: of("change"),
    deployments: of("deployment"),
    incidents: of("incident"),
    pipelines: of("pipeline"),
    alerts: of("alert"),
  };
}

function idsOf(identities: readonly (readonly [EventKind, string])[]): Ids {
  const of = (wanted: EventKind) => identities.flatMap(([kind, id]) => (kind === wanted ? [id] : []));
  return {
    commit: of("commit"),
    change: of("change"),
    deployment: of("deployment"),
    incident: of("incident"),
    pipeline: of("pipeline"),
  };
}

/** What the facts of a service know of that which is asked. */
export async function answer(db: Kysely<Schema>, serviceId: number, asked: Ids): Promise<Known> {
  const ids = (kind: "change" | "deployment" | "incident" | "pipeline") =>
    sql`(select json_group_array(id) from ${sql.table(`${kind}_fact`)}
      where service_id = ${serviceId} and id in (select value from json_each(${JSON.stringify(asked[kind])}))) as ${sql.ref(kind)}`;
  const { rows } = await sql<Record<keyof Ids, string>>`select
    (select json_group_array(json_array(sha, on_default_branch, integrated is not null)) from commit_fact
      where service_id = ${serviceId} and sha in (select value from json_each(${JSON.stringify(asked.commit)}))) as "commit",
    ${ids("change")}, ${ids("deployment")}, ${ids("incident")}, ${ids("pipeline")}`.execute(db);
  const [row] = rows;
  const idsOfKind = (kind: keyof Ids) => trusted<string[]>(row?.[kind] ?? "[]");
  const known = trusted<[string, number, number][]>(row?.commit ?? "[]");
  return {
    commits: new Map(
      known.map(([sha, onDefault, isStep]) => [sha, { onDefaultBranch: onDefault === 1, isStep: isStep === 1 }]),
    ),
    ids: {
      commit: [],
      change: idsOfKind("change"),
      deployment: idsOfKind("deployment"),
      incident: idsOfKind("incident"),
      pipeline: idsOfKind("pipeline"),
    },
  };
}
