/** What happened, as the collectors told it. The latest version of an event is kept, with the time it was learnt. */
import type { Batch, Removal } from "#collectors/collector.ts";
import type { History } from "#metrics/history.ts";
import type {
  Alert,
  Change,
  Commit,
  DeliveryEvent,
  Deployment,
  EventKind,
  Incident,
  Layout,
  Pipeline,
  Release,
  Repository,
} from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { PAGE, TEXT, trusted } from "./bulk.ts";
import { addNews, isFollowed } from "./news.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** The first of a kind that are read at once: how long they are says how many are read next. */
const FIRST_EVENTS = 100;

/** Stores a batch and its bookmark in one transaction. @returns how many events were new, different or removed. */
export async function saveBatch(db: Kysely<Schema>, sourceId: number, batch: Batch, now: Instant): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    let changed = 0;
    const news: Removal[] | null = (await isFollowed(transaction, sourceId)) ? [] : null;
    for (let start = 0; start < batch.events.length; start += PAGE) {
      changed += await saveEvents(transaction, sourceId, batch.events.slice(start, start + PAGE), now, news);
    }
    changed += await removeEvents(transaction, sourceId, batch.removed, news);
    if (news !== null && news.length > 0) await addNews(transaction, sourceId, news);
    if (changed > 0 || batch.cursor !== null) {
      await transaction
        .updateTable("source")
        .set((eb) => ({
          revision: eb("revision", "+", changed > 0 ? 1 : 0),
          ...(batch.cursor === null ? {} : { cursor: batch.cursor }),
        }))
        .where("id", "=", sourceId)
        .execute();
    }
    return changed;
  });
}

/** @param news gets the identities of the events that are new or different; `null` where nobody asks. */
export async function saveEvents(
  db: Kysely<Schema>,
  sourceId: number,
  events: readonly DeliveryEvent[],
  now: Instant,
  news: Removal[] | null = null,
): Promise<number> {
  const phrases = phrasesOf(db);
  const result = await sql<Removal>`insert into event (source_id, kind, repository, id, body, learnt_at)
    select ${sourceId}, kind, repository, id, body, ${now} from ${phrases.events(events)} as given where true
    on conflict (source_id, kind, repository, id) do update set body = excluded.body, learnt_at = excluded.learnt_at
    where event.body <> excluded.body ${news === null ? sql`` : sql`returning kind, repository, id`}`.execute(db);
  if (news === null) return phrases.written(db, result);
  for (const row of result.rows) news.push(row);
  return result.rows.length;
}

async function removeEvents(
  db: Kysely<Schema>,
  sourceId: number,
  removed: readonly Removal[],
  news: Removal[] | null,
): Promise<number> {
  if (removed.length === 0) return 0;
  news?.push(...removed);
  const phrases = phrasesOf(db);
  const rows = removed.map(({ kind, repository, id }) => [kind, repository, id]);
  const result = await sql`delete from event where source_id = ${sourceId} and (kind, repository, id) in
    ${phrases.rows(JSON.stringify(rows), { kind: "text", repository: "text", id: "text" })}`.execute(db);
  return phrases.written(db, result);
}

/** All that is known of one repository; `null` before it was first collected. */
export async function readHistory(
  db: Kysely<Schema>,
  sourceId: number,
  source: string,
  repository: string,
): Promise<History | null> {
  const identity = { source, repository };
  const first = await firstPages(db, sourceId, repository);
  const read = <E extends DeliveryEvent>(kind: E["kind"]) =>
    readEvents<E>(db, sourceId, identity, kind, first.get(kind));
  const [found] = await read<Repository>("repository");
  if (found === undefined) return null;
  return {
    repository: found,
    commits: await read<Commit>("commit"),
    releases: await read<Release>("release"),
    changes: await read<Change>("change"),
    deployments: await read<Deployment>("deployment"),
    incidents: await read<Incident>("incident"),
    pipelines: await read<Pipeline>("pipeline"),
    alerts: await read<Alert>("alert"),
    layouts: await read<Layout>("layout"),
  };
}

/** Whose it is, as it is read: all but the id is the same for many events. */
export interface Identified {
  source: string;
  kind: EventKind;
  repository: string;
  readonly id: string;
}

/** What only events say of a repository, and no fact keeps: the rest, runs above all, is not read. Empty before it was first collected. */
export async function readTold(
  db: Kysely<Schema>,
  sourceId: number,
  source: string,
  repository: string,
): Promise<Pick<History, "changes" | "commits" | "deployments" | "layouts">> {
  const identity = { source, repository };
  return {
    commits: await readEvents<Commit>(db, sourceId, identity, "commit"),
    changes: await readEvents<Change>(db, sourceId, identity, "change"),
    deployments: await readEvents<Deployment>(db, sourceId, identity, "deployment"),
    layouts: await readEvents<Layout>(db, sourceId, identity, "layout"),
  };
}

/**
 * The text of an event with room for what of its identity is the same for many: an object that grows after it was parsed takes more
 * memory, and a copy of it more still.
 */
export function eventText(db: Kysely<Schema>, table: string) {
  return sql`'{"source":null,"kind":null,"repository":null,"id":' || ${phrasesOf(db).quoted(sql.ref(`${table}.id`))} || ',' || ${phrasesOf(db).afterFirst(sql.ref(`${table}.body`))}`;
}

/** Events as one JSON list, in the order of their ids, and the id of the last one. */
interface EventPage {
  readonly page: string;
  readonly last: string | null;
}

/** @param known the first {@link FIRST_EVENTS} of them, where they were read with others. */
export async function readEvents<E extends DeliveryEvent>(
  db: Kysely<Schema>,
  sourceId: number,
  { source, repository }: { source: string; repository: string },
  kind: E["kind"],
  known?: EventPage,
): Promise<E[]> {
  const events: E[] = [];
  let count: number = FIRST_EVENTS;
  for (let after: string | null = ""; after !== null;) {
    const { page, last }: EventPage =
      (after === "" ? known : undefined) ?? (await readPage(db, { sourceId, repository, kind, after, count }));
    const found: readonly Identified[] = trusted<Identified[]>(page);
    for (const event of found) {
      event.source = source;
      event.kind = kind;
      event.repository = repository;
      // oxlint-disable-next-line no-unsafe-type-assertion -- this is the event that was stored
      events.push(event as unknown as E);
    }
    after = found.length < count ? null : last;
    count = Math.max(1, Math.round((TEXT * found.length) / page.length));
  }
  return events;
}

interface Asked {
  readonly sourceId: number;
  readonly repository: string;
  readonly kind: EventKind;
  /** The id of the last that was read; empty: none was. */
  readonly after: string;
  readonly count: number;
}

async function readPage(db: Kysely<Schema>, asked: Asked): Promise<EventPage> {
  const { rows } = await pageOf(db, asked).execute(db);
  return rows[0] ?? NO_EVENTS;
}

const NO_EVENTS: EventPage = { page: "[]", last: null };

/** The first events of every kind by one statement, since of most kinds a repository has few. */
async function firstPages(
  db: Kysely<Schema>,
  sourceId: number,
  repository: string,
): Promise<ReadonlyMap<string, EventPage>> {
  const pages = KINDS.map((kind) => pageOf(db, { sourceId, repository, kind, after: "", count: FIRST_EVENTS }));
  const { rows } = await sql<EventPage & { kind: string }>`${sql.join(pages, sql` union all `)}`.execute(db);
  return new Map(rows.map((row) => [row.kind, row]));
}

const KINDS: readonly EventKind[] = [
  "repository",
  "commit",
  "release",
  "change",
  "deployment",
  "incident",
  "pipeline",
  "alert",
  "layout",
];

/** A limit that is a parameter itself would have SQLite plan anew each time. */
function pageOf(db: Kysely<Schema>, { sourceId, repository, kind, after, count }: Asked) {
  return sql<EventPage & { kind: string }>`
    select ${sql.lit(kind)} as kind, '[' || coalesce(string_agg(${eventText(db, "event")}, ','), '') || ']' as page, max(id) as last
    from (select id, body from event
      where source_id = ${sourceId} and kind = ${sql.lit(kind)} and repository = ${repository} and id > ${after}
      order by id limit cast(${count} as integer)) as event`;
}
