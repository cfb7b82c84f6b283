/** PostgreSQL, from 15 on. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Schema } from "../schema.ts";
import { acceptable } from "./acceptable.ts";
import type { Phrases } from "./phrases.ts";

export const postgres: Phrases = {
  rows: (json, columns) => {
    const values = Object.entries(columns).map(([name, kind], index) =>
      kind === "integer"
        ? sql`(value ->> ${sql.lit(index)})::bigint as ${sql.ref(name)}`
        : sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`,
    );
    return sql`(select ${sql.join(values)} from jsonb_array_elements(${acceptable(json)}::jsonb) as value)`;
  },
  // One statement must not write a row twice.
  events: (events) => {
    const rows = new Map<string, readonly [string, string, string, string]>();
    for (const { source: _, kind, repository, id, ...body } of events)
      rows.set(JSON.stringify([kind, repository, id]), [kind, repository, id, JSON.stringify(body)]);
    const columns = { kind: "text", repository: "text", id: "text", body: "text" } as const;
    return postgres.rows(JSON.stringify([...rows.values()]), columns);
  },
  values: async (db, table, columns) => {
    const types = await typesOf(db);
    return sql.join(
      columns.map(
        (column, index) => sql`(value ->> ${sql.lit(index)})::${sql.raw(types.get(`${table}.${column}`) ?? "text")}`,
      ),
    );
  },
  kept: acceptable,
  each: (json) => sql`jsonb_array_elements(${acceptable(json)}::jsonb) as value`,
  lookUp: sql`join`,
  isAmong: (what, list) => {
    if (list.length === 0) return sql`false`;
    return typeof list[0] === "number" ? sql`${what} = any(${list}::bigint[])` : sql`${what} = any(${list}::text[])`;
  },
  list: (...values) => sql`json_build_array(${sql.join(values)})::text`,
  lists: (...values) => sql`coalesce(json_agg(json_build_array(${sql.join(values)}))::text, '[]')`,
  objects: (columns) => {
    const pairs = columns.flatMap((column) => [sql.lit(column), sql.ref(column)]);
    return sql`coalesce(json_agg(json_build_object(${sql.join(pairs)}))::text, '[]')`;
  },
  quoted: (text) => sql`to_json(${text})::text`,
  json: (text) => sql`${text}::json`,
  afterFirst: (text) => sql`substr(${text}, 2)`,
  holds: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  begins: (text, part) => sql`starts_with(${text}, ${part})`,
  bytes: (hex) => sql`decode(${hex}, 'hex')`,
  joined: (bytes) => sql`string_agg(${bytes}, ''::bytea)`,
  rowKey: sql`service_id, id`,
  written: async (_db, { numAffectedRows }) => Number(numAffectedRows ?? 0),
  // Grows with each transaction that writes, also of other databases of the server: sometimes too often, never too seldom.
  change: async (db) => {
    const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(db);
    return rows[0]?.seen ?? "";
  },
};

/** The types of columns, which a JSON list does not know. They stay as they are while a database is open. */
const types = new WeakMap<object, Promise<ReadonlyMap<string, string>>>();

async function typesOf(db: Kysely<Schema>): Promise<ReadonlyMap<string, string>> {
  const { adapter } = db.getExecutor();
  const known = types.get(adapter) ?? readTypes(db);
  types.set(adapter, known);
  return known.catch((error: unknown) => {
    types.delete(adapter);
    throw error;
  });
}

async function readTypes(db: Kysely<Schema>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select table_name || '.' || column_name as name, udt_name::text as type from information_schema.columns
    where table_schema = current_schema()`.execute(db);
  return new Map(rows.map(({ name, type }) => [name, type]));
}
