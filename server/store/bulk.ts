/** Many rows at once. One JSON text in, one JSON text out: eight to ten times faster here than a call per row, and off the main thread. */
import type { Expression, Kysely } from "kysely";
import { CompiledQuery, sql } from "kysely";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

export type Scalar = string | number | null;

/** JSON that this program wrote itself: its type is what the writer put there. */
export function trusted<T>(json: string): T {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the one place where stored JSON becomes typed
  return JSON.parse(json) as T;
}

/** How many rows travel in one text: enough to be fast, few enough to leave the event loop free. */
export const PAGE = 5000;

/**
 * Where there are many texts, each is about as long as this, in letters: the C library and V8 ask the system for memory for each that
 * is longer than 128 kB and give it back at once, and that costs more than what is done with the text (× 2 for writing rows).
 */
export const TEXT = 100_000;

/** So many facts are about as long. */
export const FACTS_AT_ONCE = 250;

export interface Target {
  readonly table: keyof Schema;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Inserts rows, or updates those whose key exists. Values come in the order of `columns`. */
export async function upsert(db: Kysely<Schema>, target: Target, rows: readonly (readonly Scalar[])[]): Promise<void> {
  for (let start = 0; start < rows.length; start += PAGE)
    await upsertPage(db, target, JSON.stringify(rows.slice(start, start + PAGE)));
}

/** The same of rows that are JSON already. */
export async function upsertPage(db: Kysely<Schema>, target: Target, page: string): Promise<void> {
  const { adapter } = db.getExecutor();
  const known = statements.get(adapter) ?? new Map<Target, string>();
  statements.set(adapter, known);
  const statement = known.get(target) ?? (await upsertOf(db, target));
  known.set(target, statement);
  await db.executeQuery(CompiledQuery.raw(statement, [...phrasesOf(db).each(page).compile(db).parameters]));
}

/** By database: to put one together takes as long as to write some rows. */
const statements = new WeakMap<object, Map<Target, string>>();

async function upsertOf(db: Kysely<Schema>, { table, key, columns }: Target): Promise<string> {
  const phrases = phrasesOf(db);
  const updates = columns
    .filter((column) => !key.includes(column))
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  // `where true` keeps SQLite from reading "on conflict" as a join condition.
  return sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${await phrases.values(db, table, columns)} from ${phrases.each("")} where true
    on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update set ${sql.join(updates)}`.compile(db).sql;
}

/** The rows of a query, which selects at least these columns, by way of one JSON text. */
export async function readAll<Row>(
  db: Kysely<Schema>,
  query: Expression<Row>,
  columns: readonly (keyof Row & string)[],
): Promise<Row[]> {
  const { rows } = await sql<{
    page: string;
  }>`select ${phrasesOf(db).objects(columns)} as page from (${query}) as page`.execute(db);
  return trusted(rows[0]?.page ?? "[]");
}
