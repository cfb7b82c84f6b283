/** Events that changed since the facts of their repository were derived: what is not among them needs no second look. */
import type { Removal } from "#collectors/collector.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** The revision of a service whose first facts are being derived. */
export const FIRST = -1;

/** Whether facts were ever derived from a source: before that, all of it is new, and nothing is written down. */
export async function isFollowed(db: Kysely<Schema>, sourceId: number): Promise<boolean> {
  const found = await db
    .selectFrom("service")
    .select("id")
    .where("source_id", "=", sourceId)
    .where("revision", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * From now on what changes is written down: what happened before is read with the first facts of these services. In a transaction, since
 * whoever is just writing events looked before whether somebody follows: a server would not let this wait until they are there to be read.
 */
export async function follow(db: Kysely<Schema>, services: readonly number[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable("service")
      .set({ revision: FIRST })
      .where("id", "in", services)
      .where("revision", "is", null)
      .execute();
  });
}

/** With the revision that its source has after them. */
export async function addNews(db: Kysely<Schema>, sourceId: number, events: readonly Removal[]): Promise<void> {
  // Each once: an event may have changed twice, or be gone again.
  const rows = [...new Set(events.map(({ kind, repository, id }) => JSON.stringify([repository, kind, id])))];
  const given = phrasesOf(db).rows(`[${rows.join()}]`, { repository: "text", kind: "text", id: "text" });
  await sql`insert into news (source_id, repository, kind, id, revision)
    select ${sourceId}, repository, kind, id, (select revision + 1 from source where id = ${sourceId}) from ${given} as given
    where repository in (select repository from service where source_id = ${sourceId} and revision is not null)
    on conflict (source_id, repository, kind, id) do update set revision = excluded.revision`.execute(db);
}

/** By source, the repositories of which something is new. */
export async function readNews(db: Kysely<Schema>): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const { rows } = await sql<{ page: string }>`
    select ${phrasesOf(db).lists(sql`source_id`, sql`repository`)} as page
    from (select distinct source_id, repository from news) as found`.execute(db);
  const found = new Map<number, Set<string>>();
  for (const [sourceId, repository] of trusted<[number, string][]>(rows[0]?.page ?? "[]"))
    found.set(sourceId, (found.get(sourceId) ?? new Set()).add(repository));
  return found;
}

/** What was new of some repositories of a source up to a revision of it is in their facts now. */
export async function forgetNews(
  db: Kysely<Schema>,
  { sourceId, revision }: { readonly sourceId: number; readonly revision: number },
  repositories: readonly string[],
): Promise<void> {
  await sql`delete from news where source_id = ${sourceId} and revision <= ${revision}
    and ${phrasesOf(db).isAmong(sql`repository`, repositories)}`.execute(db);
}
