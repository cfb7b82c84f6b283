/** What answers were made of, in one look: another stamp means that they may not be true any more. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/**
 * Another text after each transaction of anybody that changed anything in the database, other processes included.
 *
 * @param db of one connection that never writes: what one connection is told says nothing to another.
 */
export async function readChange(db: Kysely<Schema>): Promise<string> {
  return phrasesOf(db).change(db);
}

/** Tables of what people say, to which rows are only added. */
const ADDED_TO = [
  "judgement",
  "baseline",
  "programme",
  "review",
  "saving_record",
  "actual",
  "ledger_line",
  "ledger_transition",
  "ledger_funding",
];

/** What progress and gates are made of: a review freezes what they say, and they say the same after it. */
const RESTED_ON = ADDED_TO.filter((table) => table !== "review");

/** Another one after each fact that changed, each row of what people say, and each time that one of these sources was looked at. */
export async function readStamp(db: Kysely<Schema>, sources: readonly string[]): Promise<string> {
  return stampOf(db, sources, ADDED_TO);
}

/** The same but for reviews, so that who holds one and looks at the next does not wait for all of it again. */
export async function readGround(db: Kysely<Schema>, sources: readonly string[]): Promise<string> {
  return stampOf(db, sources, RESTED_ON);
}

async function stampOf(db: Kysely<Schema>, sources: readonly string[], tables: readonly string[]): Promise<string> {
  const { list, lists, isAmong } = phrasesOf(db);
  const looked = sql`(select ${lists(sql`key`, sql`synced_at`)} from
    (select key, synced_at from source where ${isAmong(sql`key`, sources)} order by key) as looked)`;
  const parts = ["version from facts", ...tables.map((table) => `max(id) from ${table}`)];
  const { rows } = await sql<{ stamp: string }>`
    select ${list(...parts.map((part) => sql`(select ${sql.raw(part)})`), looked)} as stamp`.execute(db);
  return rows[0]?.stamp ?? "";
}
