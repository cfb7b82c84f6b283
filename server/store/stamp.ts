/** What answers were made of, in one look: another stamp means that they may not be true any more. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Schema } from "./schema.ts";

/**
 * Another number after each transaction of anybody that changed anything in the database, other processes included.
 *
 * @param db of one connection that never writes: what one connection is told says nothing to another.
 */
export async function readChange(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db);
  return rows[0]?.data_version ?? 0;
}

/** Another one after each fact that changed, each judgement and baseline, and each time that one of these sources was looked at. */
export async function readStamp(db: Kysely<Schema>, sources: readonly string[]): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`select json_array(
    (select version from facts), (select max(id) from judgement), (select max(id) from baseline),
    (select json_group_array(json_array(key, synced_at)) from
      (select key, synced_at from source where key in (select value from json_each(${JSON.stringify(sources)})) order by key)))
    as stamp`.execute(db);
  return rows[0]?.stamp ?? "";
}
