/** What was pushed, and the services it was pushed for. */
import type { PushedThing, Told } from "#collectors/push/sayings.ts";
import { hasBegun, told } from "#collectors/push/things.ts";
import type { History } from "#metrics/history.ts";
import { isLabelled } from "#metrics/incident-links.ts";
import { PUSH, withPushed } from "#metrics/pushed.ts";
import type { Part } from "#metrics/rules.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { PAGE, trusted } from "./bulk.ts";
import { readEvents, readHistory, saveEvents } from "./events.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { RepositoryRecord } from "./services.ts";
import { openSource } from "./sources.ts";

/** A service as those who push call it. */
export interface PushedService {
  readonly name: string;
  /** The repository that was named beside it. */
  readonly repository: string | null;
  /** Grows with everything that is pushed for it. */
  readonly revision: number;
  readonly receivedAt: Instant;
  /** Whether anything but pipeline runs was pushed: runs alone make no service. */
  readonly isService: boolean;
}

/** What came of one message. */
export interface Reception {
  readonly result: "new" | "changed" | "known";
  readonly thing: PushedThing;
  /** Fields that are different now. */
  readonly changed: readonly string[];
}

/** What messages would do, one after the other; nothing is stored. */
export async function previewPushes(db: Kysely<Schema>, messages: readonly Told[]): Promise<readonly Reception[]> {
  return (await receive(db, messages)).receptions;
}

/** Stores what messages say, in one transaction. */
export async function savePushes(
  db: Kysely<Schema>,
  messages: readonly Told[],
  now: Instant,
): Promise<readonly Reception[]> {
  return db.transaction().execute(async (transaction) => {
    const { receptions, changed } = await receive(transaction, messages);
    await saveServices(transaction, messages, new Set(changed.map(({ repository }) => repository)), now);
    if (changed.length === 0) return receptions;
    const { id } = await openSource(transaction, { key: PUSH, name: PUSH, host: PUSH });
    for (let start = 0; start < changed.length; start += PAGE)
      await saveEvents(transaction, id, changed.slice(start, start + PAGE), now);
    return receptions;
  });
}

async function receive(
  db: Kysely<Schema>,
  messages: readonly Told[],
): Promise<{ receptions: readonly Reception[]; changed: readonly PushedThing[] }> {
  const things = new Map<string, PushedThing>();
  for (let start = 0; start < messages.length; start += PAGE)
    for (const thing of await readKnown(db, messages.slice(start, start + PAGE))) things.set(keyOf(thing), thing);
  const changed = new Map<string, PushedThing>();
  const receptions = messages.map((message): Reception => {
    const key = keyOf({ ...message, repository: message.service });
    const known = things.get(key) ?? null;
    const thing = told(known, message);
    if (known !== null && JSON.stringify(thing) === JSON.stringify(known))
      return { result: "known", thing, changed: [] };
    things.set(key, thing);
    changed.set(key, thing);
    const fields = known === null ? [] : differences(known, thing);
    return { result: known === null ? "new" : fields.length > 0 ? "changed" : "known", thing, changed: fields };
  });
  return { receptions, changed: [...changed.values()] };
}

function keyOf({ kind, repository, id }: { kind: string; repository: string; id: string }): string {
  return JSON.stringify([kind, repository, id]);
}

function differences(before: PushedThing, after: PushedThing): string[] {
  const [old, now]: [Record<string, unknown>, Record<string, unknown>] = [{ ...before }, { ...after }];
  return Object.keys(now).filter((name) => name !== "said" && JSON.stringify(old[name]) !== JSON.stringify(now[name]));
}

/** Things that messages are about, as they are known so far. */
async function readKnown(db: Kysely<Schema>, messages: readonly Told[]): Promise<readonly PushedThing[]> {
  const wanted = JSON.stringify(messages.map(({ kind, service, id }) => [kind, service, id]));
  const { lists, json, rows: rowsOf } = phrasesOf(db);
  const { rows } = await sql<{ page: string }>`
    select ${lists(sql`kind`, sql`repository`, sql`id`, json(sql`body`))} as page from event
    where source_id = (select id from source where key = ${PUSH}) and (kind, repository, id) in
      ${rowsOf(wanted, { kind: "text", repository: "text", id: "text" })}`.execute(db);
  return trusted<[string, string, string, object][]>(rows[0]?.page ?? "[]").map(
    ([kind, repository, id, body]) =>
      // oxlint-disable-next-line no-unsafe-type-assertion -- the body is the rest of the thing that was stored; in this order it is the same text
      ({ kind, source: PUSH, repository, id, ...body }) as unknown as PushedThing,
  );
}

/** Services are known by what was pushed for them; the repository that was named last is theirs. */
async function saveServices(
  db: Kysely<Schema>,
  messages: readonly Told[],
  changed: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  const named = new Map<string, { repository: string | null; isService: boolean }>();
  for (const { service, repository, kind } of messages) {
    const known = named.get(service);
    named.set(service, {
      repository: repository ?? known?.repository ?? null,
      isService: kind !== "pipeline" || known?.isService === true,
    });
  }
  const rows = JSON.stringify(
    [...named].map(([name, { repository, isService }]) => [
      name,
      repository,
      isService ? 1 : 0,
      changed.has(name) ? 1 : 0,
    ]),
  );
  const given = phrasesOf(db).rows(rows, {
    name: "text",
    repository: "text",
    is_service: "integer",
    revision: "integer",
  });
  await sql`insert into pushed_service (name, repository, is_service, revision, received_at)
    select name, repository, is_service, revision, ${now} from ${given} as given where true
    on conflict (name) do update set
      repository = coalesce(excluded.repository, pushed_service.repository),
      is_service = case when excluded.is_service = 1 then 1 else pushed_service.is_service end,
      revision = pushed_service.revision + excluded.revision,
      received_at = excluded.received_at`.execute(db);
}

/** Every service that anything was pushed for. */
export async function readPushedServices(db: Kysely<Schema>): Promise<readonly PushedService[]> {
  const rows = await db.selectFrom("pushed_service").selectAll().orderBy("name").execute();
  return rows.map(({ name, repository, revision, received_at, is_service }) => ({
    name,
    repository,
    revision,
    receivedAt: received_at,
    isService: is_service === 1,
  }));
}

/** What of that which was pushed is a service's. */
export interface PushedNames {
  /** Under which it was pushed for the service. */
  readonly own: readonly string[];
  /** Under which it was pushed for the repository that the service shares: of that, the incidents with its labels are its own. */
  readonly shared: readonly string[];
  /** Labels of incidents: those of the service, and those of other services, which are not its own. */
  readonly labels: Part["incidents"];
}

type PushedIncident = Extract<PushedThing, { kind: "incident" }>;

/** A history and what was pushed for its service, under whatever names. */
export async function joinPushed(
  db: Kysely<Schema>,
  history: History,
  { own, shared, labels }: PushedNames,
): Promise<History> {
  const source = await db.selectFrom("source").select("id").where("key", "=", PUSH).executeTakeFirst();
  if (source === undefined || own.length + shared.length === 0) return history;
  const all = async <T extends PushedThing>(kind: T["kind"], names = own): Promise<T[]> => {
    const found: T[] = [];
    for (const repository of names)
      found.push(...(await readEvents<T>(db, source.id, { source: PUSH, repository }, kind)));
    return found;
  };
  // Who pushes for a service of a source says whose it is; who pushes for the whole repository leaves that to the labels.
  const others = history.repository.source === PUSH ? (labels?.others ?? []) : [];
  const named = (await all<PushedIncident>("incident")).filter((incident) => !isLabelled(incident.labels, others));
  const labelled = (await all<PushedIncident>("incident", shared)).filter((incident) =>
    isLabelled(incident.labels, labels?.own ?? []),
  );
  return withPushed(history, {
    deployments: await all<Extract<PushedThing, { kind: "deployment" }>>("deployment"),
    incidents: [...named, ...labelled].filter(hasBegun),
    changes: await all<Extract<PushedThing, { kind: "change" }>>("change"),
    pipelines: await all<Extract<PushedThing, { kind: "pipeline" }>>("pipeline"),
    alerts: (await all<Extract<PushedThing, { kind: "alert" }>>("alert")).filter(hasBegun),
  });
}

/** Whether anything is left of a pushed service, beside runs, when the incidents with these labels are others'. */
export async function hasPushedBeside(db: Kysely<Schema>, name: string, labels: readonly string[]): Promise<boolean> {
  const source = await db.selectFrom("source").select("id").where("key", "=", PUSH).executeTakeFirst();
  if (source === undefined) return false;
  const other = await db
    .selectFrom("event")
    .select("id")
    .where("source_id", "=", source.id)
    .where("repository", "=", name)
    .where("kind", "not in", ["pipeline", "incident"])
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined) return true;
  const incidents = await readEvents<PushedIncident>(db, source.id, { source: PUSH, repository: name }, "incident");
  return incidents.some((incident) => !isLabelled(incident.labels, labels));
}

/** All that a source tells of a repository; `null` before it was first collected. */
export async function historyOf(
  db: Kysely<Schema>,
  { sourceId, source, repository }: RepositoryRecord,
): Promise<History | null> {
  return source === PUSH ? pushedHistory(repository) : readHistory(db, sourceId, source, repository);
}

/** The history of a service that nobody but those who push know. */
export function pushedHistory(name: string): History {
  return {
    repository: {
      kind: "repository",
      source: PUSH,
      repository: name,
      id: name,
      url: null,
      defaultBranch: null,
      head: null,
      archivedAt: null,
      truncated: false,
    },
    commits: [],
    releases: [],
    changes: [],
    deployments: [],
    incidents: [],
    pipelines: [],
    alerts: [],
    layouts: [],
  };
}
