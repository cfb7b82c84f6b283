/** Pseudonyms expire: after some months an event no longer says by whom it was. What is counted, and what anything is worth, stays. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
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
  return db.transaction().execute(async (transaction) => {
    await sql`update event set body = json_set(body, '$.author', null)
      where kind = 'commit' and body ->> 'author' is not null
        and coalesce(body ->> 'committedAt', body ->> 'authoredAt', learnt_at) < ${before}`.execute(transaction);
    const commits = await affected(transaction);
    await sql`update event set body = json_set(body, '$.author', null, '$.reviews',
        (select json_group_array(json(iif(value ->> 'author' is null, value, json_set(value, '$.author', ${FORGOTTEN}))))
          from json_each(body, '$.reviews')))
      where kind = 'change'
        and max(body ->> 'openedAt', coalesce(body ->> 'mergedAt', 0), coalesce(body ->> 'closedAt', 0)) < ${before}
        and (body ->> 'author' is not null
          or exists (select 1 from json_each(body, '$.reviews') where value ->> 'author' <> ${FORGOTTEN}))
        and not exists (select 1 from json_each(body, '$.reviews') where value ->> 'at' >= ${before})`.execute(
      transaction,
    );
    return commits + (await affected(transaction));
  });
}

async function affected(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ changed: number }>`select changes() as changed`.execute(db);
  return rows[0]?.changed ?? 0;
}
