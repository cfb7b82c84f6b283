/** Pseudonyms expire: after some months an event no longer says by whom it was. What is counted, and what anything is worth, stays. */
import type { Change, Commit } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { PAGE, trusted } from "./bulk.ts";
import { isPostgres, phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** Stands for every reviewer who was forgotten: one without a name is a deleted account, whose review does not count. */
const FORGOTTEN = "forgotten";

/**
 * Takes the pseudonyms out of events that were over before an instant: commits, and changes with their reviews.
 *
 * Neither the source's revision nor the time an event was learnt moves, because no fact is made of a pseudonym.
 *
 * @returns how many events that was.
 */
export async function forgetPeople(db: Kysely<Schema>, before: Instant): Promise<number> {
  return db
    .transaction()
    .execute(async (transaction) =>
      isPostgres(transaction) ? forgetEach(transaction, before) : forgetAll(transaction, before),
    );
}

/** Whether any event says by whom it was. Looks at events until it finds one. */
export async function namesPeople(db: Kysely<Schema>): Promise<boolean> {
  const row = await db
    .selectFrom("event")
    .select("kind")
    .where("kind", "in", ["commit", "change"])
    .where("body", "like", '%"author":"%')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** By SQLite itself. */
async function forgetAll(db: Kysely<Schema>, before: Instant): Promise<number> {
  const { written } = phrasesOf(db);
  const commits = await sql`update event set body = json_set(body, '$.author', null)
    where kind = 'commit' and body ->> 'author' is not null
      and coalesce(body ->> 'committedAt', body ->> 'authoredAt', learnt_at) < ${before}`.execute(db);
  const forgotten = await written(db, commits);
  const changes = await sql`update event set body = json_set(body, '$.author', null, '$.reviews',
      (select json_group_array(json(iif(value ->> 'author' is null, value, json_set(value, '$.author', ${FORGOTTEN}))))
        from json_each(body, '$.reviews')))
    where kind = 'change'
      and max(body ->> 'openedAt', coalesce(body ->> 'mergedAt', 0), coalesce(body ->> 'closedAt', 0)) < ${before}
      and (body ->> 'author' is not null
        or exists (select 1 from json_each(body, '$.reviews') where value ->> 'author' <> ${FORGOTTEN}))
      and not exists (select 1 from json_each(body, '$.reviews') where value ->> 'at' >= ${before})`.execute(db);
  return forgotten + (await written(db, changes));
}

/** One event, and where it is. */
interface Stored {
  readonly source_id: number;
  readonly kind: string;
  readonly repository: string;
  readonly id: string;
  readonly body: string;
  readonly learnt_at: Instant;
}

/**
 * PostgreSQL would put what JSON says in another order, and refuses some of what a text may say in it: it looks for those that may be
 * concerned, and what they say is changed here.
 */
async function forgetEach(db: Kysely<Schema>, before: Instant): Promise<number> {
  let forgotten = 0;
  for (let last: Stored | undefined, full = true; full;) {
    const rows: Stored[] = await concerned(db, before, last);
    const changed = rows.flatMap(({ body, learnt_at: learntAt, ...row }) => {
      const without = withoutPeople(row.kind, body, learntAt, before);
      return without === null ? [] : [[row.source_id, row.kind, row.repository, row.id, without]];
    });
    const given = phrasesOf(db).rows(JSON.stringify(changed), {
      given_source: "integer",
      given_kind: "text",
      given_repository: "text",
      given_id: "text",
      given_body: "text",
    });
    if (changed.length > 0)
      await sql`update event set body = given_body from ${given} as given where source_id = given_source
        and kind = given_kind and repository = given_repository and id = given_id`.execute(db);
    forgotten += changed.length;
    last = rows.at(-1);
    full = rows.length === PAGE;
  }
  return forgotten;
}

/** The next of those that name somebody and began before an instant. */
async function concerned(db: Kysely<Schema>, before: Instant, last: Stored | undefined): Promise<Stored[]> {
  const began = sql`case kind when 'commit' then substring(body from '"committedAt":(-?[0-9]+)')
    else substring(body from '"openedAt":(-?[0-9]+)') end`;
  const behind =
    last === undefined
      ? sql`true`
      : sql`(source_id, kind, repository, id) > (${last.source_id}, ${last.kind}, ${last.repository}, ${last.id})`;
  const { rows } = await sql<Stored>`select source_id, kind, repository, id, body, learnt_at from event
    where kind in ('commit', 'change') and ${behind} and coalesce((${began})::bigint, 0) < ${before}
      and body ~ ${`"author":"(?!${FORGOTTEN}")`}
    order by source_id, kind, repository, id limit ${sql.lit(PAGE)}`.execute(db);
  return rows;
}

/** What an event says without the people in it; `null` where nothing is to be forgotten. */
function withoutPeople(kind: string, body: string, learntAt: Instant, before: Instant): string | null {
  if (kind === "commit") {
    const commit = trusted<Commit>(body);
    if (commit.author === null || (commit.committedAt ?? commit.authoredAt ?? learntAt) >= before) return null;
    return JSON.stringify({ ...commit, author: null });
  }
  const change = trusted<Change>(body);
  const ends = [change.openedAt, change.mergedAt, change.closedAt, ...change.reviews.map(({ at }) => at)];
  if (ends.some((at) => at !== null && at >= before)) return null;
  if (change.author === null && !change.reviews.some(({ author }) => author !== null && author !== FORGOTTEN))
    return null;
  const reviews = change.reviews.map((review) => (review.author === null ? review : { ...review, author: FORGOTTEN }));
  return JSON.stringify({ ...change, author: null, reviews });
}
