/** What tables two databases have, and in which order their rows can be written. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Connection } from "./connection.ts";
import type { Schema } from "./schema.ts";

export interface Table {
  readonly name: string;
  /** In the order of their names, with their types on PostgreSQL. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The columns of its key, by which it is read in pages. */
  readonly key: readonly string[];
}

/** The tables of a database on PostgreSQL, those of the migrator aside. */
export async function serverTables(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name::text as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name not like 'kysely%'
    order by table_name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Those of a file. */
export async function fileTables(source: Connection): Promise<readonly string[]> {
  const rows = await source.all(
    "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'",
  );
  return rows.map(({ name }) => String(name));
}

/**
 * All tables, each after those that it refers to.
 *
 * @throws Error when the two do not have the same: then a migration was written for one of them alone.
 */
export async function tablesInOrder(source: Connection, target: Kysely<Schema>): Promise<readonly Table[]> {
  const rows = await source.all(
    `select m.name as "table", c.name, c.pk from sqlite_master m, pragma_table_info(m.name) c
     where m.type = 'table' and m.name not like 'kysely%' and m.name not like 'sqlite%' order by m.name, c.pk, c.name`,
  );
  const types = await typesOf(target);
  const tables = new Map<string, { name: string; columns: { name: string; type: string }[]; key: string[] }>();
  for (const row of rows) {
    const [name, column] = [String(row["table"]), String(row["name"])];
    const type = types.get(`${name}.${column}`);
    if (type === undefined) throw new Error(`PostgreSQL has no ${name}.${column}.`);
    types.delete(`${name}.${column}`);
    const table = tables.get(name) ?? { name, columns: [], key: [] };
    table.columns.push({ name: column, type });
    if (Number(row["pk"]) > 0) table.key.push(column);
    tables.set(name, table);
  }
  const [more] = types.keys();
  if (more !== undefined) throw new Error(`SQLite has no ${more}.`);
  return inOrder([...tables.values()], await referencesOf(target));
}

async function typesOf(db: Kysely<Schema>): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select c.table_name || '.' || c.column_name as name, c.udt_name::text as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely%'`.execute(
    db,
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

/** By table, the others that it refers to. */
async function referencesOf(db: Kysely<Schema>): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ from: string; to: string }>`
    select f.relname::text as "from", t.relname::text as "to" from pg_constraint c
    join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and c.conrelid <> c.confrelid`.execute(
    db,
  );
  const found = new Map<string, Set<string>>();
  for (const { from, to } of rows) found.set(from, (found.get(from) ?? new Set()).add(to));
  return found;
}

function inOrder(tables: readonly Table[], references: ReadonlyMap<string, ReadonlySet<string>>): readonly Table[] {
  const sorted: Table[] = [];
  const place = (table: Table): void => {
    if (sorted.includes(table)) return;
    for (const other of tables) if (references.get(table.name)?.has(other.name) === true) place(other);
    sorted.push(table);
  };
  for (const table of tables) place(table);
  return sorted;
}

/** Columns that number their rows by themselves. */
export async function numberedColumns(db: Kysely<Schema>): Promise<readonly { table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name::text as "table", column_name::text as "column" from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(db);
  return rows;
}
