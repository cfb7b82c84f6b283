/** Changes on their way: those that matter at an instant, found along indexes, without their texts. */
import type { Passage } from "#metrics/flow/work.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Place } from "./fact-rows.ts";
import { actor, workType } from "./fact-rows.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** What is asked about. */
export interface Asked {
  /** What was opened by then. */
  readonly at: Instant;
  /** What ended or came to production since, whenever it was opened; not after `at`. */
  readonly endedSince: Instant;
  readonly openedSince: Instant;
  /** So many of those opened first, by bots and by others. */
  readonly first: number;
}

/** Of some services: what is open, ended lately, was opened lately, waits for deployment, or was the first. */
export async function readPassages(
  db: Kysely<Schema>,
  places: readonly Place[],
  { at, endedSince, openedSince, first }: Asked,
): Promise<readonly Passage[]> {
  const { rowKey, isAmong } = phrasesOf(db);
  const ours = isAmong(
    sql`service_id`,
    places.map(({ serviceId }) => serviceId),
  );
  const ended = sql`coalesce(merged_at, closed_at)`;
  const firsts = (is: string) => sql`select ${rowKey} from (select ${rowKey}, row_number() over
      (partition by service_id order by opened_at) as place from change_fact
      where ${ours} and opened_at is not null and author_kind ${sql.raw(is)} 'bot') as placed where place <= ${first}`;
  return read(
    db,
    places,
    sql`opened_at <= ${at} and (${rowKey}) in (
      select ${rowKey} from change_fact where ${ours} and ${ended} is null
      union select ${rowKey} from change_fact where ${ours} and ${ended} >= ${endedSince}
      union select ${rowKey} from change_fact where ${ours} and opened_at >= ${openedSince}
      union select ${rowKey} from change_fact where ${ours} and deployed_at is null and is_integrated = 1 and is_before_record = 0
      union select ${rowKey} from change_fact where ${ours} and deployed_at >= ${endedSince}
      union ${firsts("=")} union ${firsts("<>")})`,
  );
}

/** Of some services: what was opened in a window. */
export async function readOpened(
  db: Kysely<Schema>,
  places: readonly Place[],
  { from, to }: Window,
): Promise<readonly Passage[]> {
  const ids = places.map(({ serviceId }) => serviceId);
  return read(
    db,
    places,
    sql`${phrasesOf(db).isAmong(sql`service_id`, ids)} and opened_at >= ${from} and opened_at < ${to}`,
  );
}

const COLUMNS = [
  "service_id",
  "id",
  "number",
  "author_kind",
  "opened_at",
  "ready_at",
  "first_review_at",
  "merged_at",
  "closed_at",
  "is_integrated",
  "deployed_at",
  "is_before_record",
  "work_type",
].map((name) => sql.ref(name));

async function read(
  db: Kysely<Schema>,
  places: readonly Place[],
  where: RawBuilder<unknown>,
): Promise<readonly Passage[]> {
  const { rows } = await sql<{ page: string }>`
    select ${phrasesOf(db).lists(...COLUMNS)} as page from change_fact where ${where}`.execute(db);
  const byId = new Map(places.map((place) => [place.serviceId, place]));
  return trusted<PassageRow[]>(rows[0]?.page ?? "[]").flatMap(([serviceId, id, number, kind, ...rest]) => {
    const place = byId.get(serviceId);
    if (place === undefined) return [];
    const [openedAt, readyAt, firstReviewAt, mergedAt, closedAt, isIntegrated, deployedAt, isBeforeRecord, type] = rest;
    return [
      {
        source: place.source,
        service: place.service,
        id,
        number,
        authorKind: actor(kind),
        openedAt,
        readyAt,
        firstReviewAt,
        mergedAt,
        closedAt,
        isIntegrated: isIntegrated === 1,
        deployedAt,
        isBeforeRecord: isBeforeRecord === 1,
        workType: workType(type),
      },
    ];
  });
}

type At = Instant | null;
type PassageRow = [number, string, number, string, At, At, At, At, At, 0 | 1, At, 0 | 1, string | null];

/** What a change is called and where it is to be seen, by its id. */
export async function readTitles(
  db: Kysely<Schema>,
  serviceId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly title: string; readonly url: string | null }>> {
  const rows = await db
    .selectFrom("change_fact")
    .select(["id", "title", "url"])
    .where("service_id", "=", serviceId)
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ id, title, url }) => [id, { title, url }]));
}
