/** What is settled of a service's history, and the recent part of it: enough to derive the facts of a day. */
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { Known, KnownCommit, Recent } from "#metrics/recent.ts";
import type { Ids, Settled } from "#metrics/settled.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Identified } from "./events.ts";
import { eventText } from "./events.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { RepositoryRecord } from "./services.ts";

/** Keeps what is settled of services, as JSON; `null`: nothing is known to be. */
export async function keepSettled(
  db: Kysely<Schema>,
  known: readonly (readonly [serviceId: number, settled: string | null])[],
): Promise<void> {
  const gone: number[] = [];
  const rows: { service_id: number; body: string }[] = [];
  for (const [serviceId, settled] of known) {
    if (settled === null) gone.push(serviceId);
    else rows.push({ service_id: serviceId, body: settled });
  }
  if (gone.length > 0) await db.deleteFrom("settled").where("service_id", "in", gone).execute();
  if (rows.length === 0) return;
  await db
    .insertInto("settled")
    .values(rows)
    .onConflict((conflict) => conflict.column("service_id").doUpdateSet((eb) => ({ body: eb.ref("excluded.body") })))
    .execute();
}

const KINDS = ["commit", "change", "deployment", "incident", "pipeline"] as const;
/** Of these nothing else is made than the facts themselves, or nothing where deployments are recorded. */
const ASIDE: readonly EventKind[] = ["repository", "release", "alert", "layout"];

/** A service, and the repository whose events it is made of. */
interface Home extends RepositoryRecord {
  readonly serviceId: number;
}

/** What is to be read for a service. */
interface Wanted {
  readonly home: Home;
  readonly settled: Settled;
  readonly fresh: readonly (readonly [EventKind, string])[];
  readonly events: readonly (readonly [EventKind, string])[];
}

/** The recent parts of the repositories of services, by service: not of one where nothing is settled, or something was removed. */
export async function readRecent(db: Kysely<Schema>, homes: readonly Home[]): Promise<ReadonlyMap<number, Recent>> {
  const asked = JSON.stringify(homes.map(({ serviceId, sourceId, repository }) => [serviceId, sourceId, repository]));
  const phrases = phrasesOf(db);
  const { rows } = await sql<{ service: number; settled: string; news: string }>`
    select settled.service_id as service, settled.body as settled,
      (select ${phrases.lists(sql`kind`, sql`id`)} from news
        where source_id = asked.source and repository = asked.repository) as news
    from ${phrases.rows(asked, { service: "integer", source: "integer", repository: "text" })} as asked
    ${phrases.lookUp} settled on settled.service_id = asked.service`.execute(db);
  const byId = new Map(homes.map((home) => [home.serviceId, home]));
  const wanted = rows.flatMap(({ service, settled, news }) => {
    const home = byId.get(service);
    return home === undefined ? [] : [wantedOf(home, trusted(settled), trusted(news))];
  });
  const found = new Map<number, Recent>();
  const read = await readThese(db, wanted);
  for (const [index, { home, settled, fresh, events }] of wanted.entries()) {
    const these = read[index] ?? [];
    const history = these.length < events.length ? null : historyOf(these);
    if (history === null) continue;
    const news = idsOf(fresh.filter(([kind]) => !ASIDE.includes(kind)));
    found.set(home.serviceId, { history, settled, news });
  }
  return found;
}

function wantedOf(home: Home, settled: Settled, fresh: readonly [EventKind, string][]): Wanted {
  const { repository } = home;
  const events = new Map<string, readonly [EventKind, string]>([["repository", ["repository", repository]]]);
  const want = (kind: EventKind, id: string) => events.set(`${kind} ${id}`, [kind, id]);
  for (const kind of KINDS) for (const id of [...settled.open[kind], ...settled.edge[kind]]) want(kind, id);
  for (const [kind, id] of fresh) want(kind, id);
  return { home, settled, fresh, events: [...events.values()] };
}

/** @returns the events in the order of what is wanted. */
async function readThese(
  db: Kysely<Schema>,
  wanted: readonly Wanted[],
): Promise<readonly (readonly DeliveryEvent[])[]> {
  const asked = wanted.flatMap(({ home: { sourceId, repository }, events }, index) =>
    events.map(([kind, id]) => [index, sourceId, kind, repository, id]),
  );
  const { rows: rowsOf, quoted, lookUp } = phrasesOf(db);
  const given = rowsOf(JSON.stringify(asked), {
    n: "integer",
    source: "integer",
    kind: "text",
    repository: "text",
    id: "text",
  });
  const event = sql`'[' || wanted.n || ',' || ${quoted(sql`wanted.kind`)} || ',' || ${eventText(db, "event")} || ']'`;
  const { rows } = await sql<{ page: string }>`
    select '[' || coalesce(string_agg(${event}, ','), '') || ']' as page from ${given} as wanted
    ${lookUp} event on event.source_id = wanted.source and event.kind = wanted.kind
      and event.repository = wanted.repository and event.id = wanted.id`.execute(db);
  const found = wanted.map((): DeliveryEvent[] => []);
  for (const [index, kind, event] of trusted<[number, EventKind, Identified][]>(rows[0]?.page ?? "[]")) {
    const { source = "", repository = "" } = wanted[index]?.home ?? {};
    // oxlint-disable-next-line no-unsafe-type-assertion -- this is the event that was stored
    found[index]?.push(Object.assign(event, { source, repository, kind }) as unknown as DeliveryEvent);
  }
  return found;
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
    layouts: [],
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

/** What the facts of services know of that which is asked, by service. */
export async function answer(db: Kysely<Schema>, asked: ReadonlyMap<number, Ids>): Promise<ReadonlyMap<number, Known>> {
  const { rows: rowsOf, lists, lookUp } = phrasesOf(db);
  const these = (kind: keyof Ids) => {
    const some = [...asked].flatMap(([serviceId, ids]) => ids[kind].map((id) => [serviceId, id]));
    return sql`${rowsOf(JSON.stringify(some), { service: "integer", id: "text" })} as asked`;
  };
  const ids = (kind: "change" | "deployment" | "incident" | "pipeline") =>
    sql`(select ${lists(sql`service_id`, sql`fact.id`)} from ${these(kind)}
      ${lookUp} ${sql.table(`${kind}_fact`)} as fact on fact.service_id = asked.service and fact.id = asked.id) as ${sql.ref(kind)}`;
  const isStep = sql`case when integrated is null then 0 else 1 end`;
  const { rows } = await sql<Record<keyof Ids, string>>`select
    (select ${lists(sql`service_id`, sql`sha`, sql`on_default_branch`, isStep)} from ${these("commit")}
      ${lookUp} commit_fact as fact on fact.service_id = asked.service and fact.sha = asked.id) as "commit",
    ${ids("change")}, ${ids("deployment")}, ${ids("incident")}, ${ids("pipeline")}`.execute(db);
  const [row] = rows;
  const found = new Map([...asked.keys()].map((serviceId) => [serviceId, nothingKnown()]));
  for (const [serviceId, sha, onDefault, isStep] of trusted<[number, string, number, number][]>(row?.commit ?? "[]"))
    found.get(serviceId)?.commits.set(sha, { onDefaultBranch: onDefault === 1, isStep: isStep === 1 });
  for (const kind of KINDS) {
    if (kind === "commit") continue;
    for (const [serviceId, id] of trusted<[number, string][]>(row?.[kind] ?? "[]"))
      found.get(serviceId)?.ids[kind].push(id);
  }
  return found;
}

function nothingKnown() {
  const ids: Record<keyof Ids, string[]> = { commit: [], change: [], deployment: [], incident: [], pipeline: [] };
  return { commits: new Map<string, KnownCommit>(), ids };
}
