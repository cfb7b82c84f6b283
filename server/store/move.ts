/** Carries all of a SQLite database into an empty one on PostgreSQL, and reads it back there. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { expectUnused } from "./backup.ts";
import type { Connection, Row } from "./connection.ts";
import { connect } from "./connection.ts";
import { StoreError, translate } from "./errors.ts";
import { openWriter } from "./opening.ts";
import { acceptable } from "./phrases/acceptable.ts";
import { shownPlace } from "./place.ts";
import type { Schema } from "./schema.ts";
import type { Print } from "./row-hash.ts";
import { RowHash } from "./row-hash.ts";
import type { Table } from "./tables.ts";
import { fileTables, numberedColumns, serverTables, tablesInOrder } from "./tables.ts";
import type { Tell } from "./upgrade.ts";

/** A table after it was moved: how many rows it has, and a hash of them all in any order. */
export interface Moved extends Print {
  readonly table: string;
}

/** Rows that are under way at a time. */
const PAGE = 2000;

/** Who worked on it does not work on the copy. */
const LEFT = new Set(["lease"]);

/**
 * All of it or nothing: one transaction writes everything, reads it back, and ends only if each table has as many rows as before with
 * the same hash. Nobody else can write to the file meanwhile, and it stays as it is.
 *
 * @throws StoreError when somebody uses the file, the other database holds anything, or something arrived otherwise than it left.
 */
export async function moveDatabase(file: string, server: string, tell: Tell): Promise<readonly Moved[]> {
  await expectUnused(file);
  await (await openWriter(file, tell)).destroy(); // both have the tables of this version
  const source = await connect(file, "write");
  try {
    await source.all("begin immediate");
    const target = await openWriter(server, tell, await expectNothing(source, server));
    try {
      return await target.transaction().execute(async (transaction) => moveAll(source, transaction, server));
    } catch (error) {
      throw translate(error, server);
    } finally {
      await target.destroy();
    }
  } catch (error) {
    throw translate(error, file);
  } finally {
    await source.close();
  }
}

/** What Headway makes in a new database is no content; anything else is. */
async function expectNothing(source: Connection, server: string): Promise<(db: Kysely<Schema>) => Promise<void>> {
  const own = await fileTables(source);
  return async (db) => {
    const tables = await serverTables(db);
    const other = tables.find((name) => !own.includes(name));
    if (other !== undefined) throw notEmpty(server, other);
    for (const name of tables) {
      if (MADE.has(name)) continue;
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
      if (rows.length > 0) throw notEmpty(server, name);
    }
  };
}

/** Tables that are not empty in a database that was just made. */
const MADE = new Set(["installation", "facts"]);

function notEmpty(server: string, table: string): StoreError {
  return new StoreError(
    "exists",
    `The database ${shownPlace(server)} is not empty (there is something in "${table}"), and nothing is written over. Nothing was changed. Make a new one (createdb) and name that.`,
  );
}

async function moveAll(source: Connection, target: Kysely<Schema>, server: string): Promise<readonly Moved[]> {
  const tables = await tablesInOrder(source, target);
  for (const name of MADE) await sql`delete from ${sql.table(name)}`.execute(target);
  const moved: Moved[] = [];
  for (const table of tables.filter(({ name }) => !LEFT.has(name))) {
    const left = await copyTable(source, target, table);
    const arrived = await readBack(target, table);
    if (left.rows !== arrived.rows || left.hash !== arrived.hash)
      throw new StoreError(
        "damaged",
        `"${table.name}" arrived in ${shownPlace(server)} with ${arrived.rows} rows (${arrived.hash}) and left with ${left.rows} (${left.hash}). Nothing was kept there, and the file is as it was. Please report this.`,
      );
    moved.push({ table: table.name, ...arrived });
  }
  await goOnNumbering(source, target, tables);
  return moved;
}

/** Page by page in the order of the key, so that no row waits for one that it refers to. */
async function copyTable(source: Connection, target: Kysely<Schema>, table: Table): Promise<Print> {
  const hash = new RowHash();
  const names = table.columns.map(({ name }) => name);
  const key = table.key.map((name) => `"${name}"`).join(", ");
  const after = `(${key}) > (${table.key.map(() => "?").join(", ")})`;
  const select = `select ${names.map((name) => `"${name}"`).join(", ")} from "${table.name}"`;
  for (let last: Row | null = null; ;) {
    const from: readonly unknown[] = last === null ? [] : table.key.map((name) => last?.[name]);
    const rows = await source.all(
      `${select} ${last === null ? "" : `where ${after}`} order by ${key} limit ${PAGE}`,
      from,
    );
    last = rows.at(-1) ?? null;
    if (last === null) return hash.print();
    const sent = rows.map((row) => names.map((name) => asKept(name, row[name])));
    for (const row of sent) hash.add(row);
    await insert(target, table, sent);
  }
}

/** A zero in a text, which PostgreSQL does not keep, and an escaped one in JSON, which it does not read. */
function asKept(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
  return name === "body" || name === "labels" ? acceptable(text) : text;
}

async function insert(target: Kysely<Schema>, table: Table, rows: readonly (readonly unknown[])[]): Promise<void> {
  const lists = table.columns.map(({ type }, index) => {
    const values = rows.map((row) => row[index]);
    return sql`${values}::${sql.raw(type)}[]`;
  });
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)));
  await sql`insert into ${sql.table(table.name)} (${columns}) select * from unnest(${sql.join(lists)})`.execute(target);
}

async function readBack(target: Kysely<Schema>, { name, columns }: Table): Promise<Print> {
  const hash = new RowHash();
  const selected = sql.join(columns.map((column) => sql.ref(column.name)));
  await sql`declare moved no scroll cursor for select ${selected} from ${sql.table(name)}`.execute(target);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(PAGE)} from moved`.execute(target);
    if (rows.length === 0) break;
    for (const row of rows) hash.add(columns.map((column) => row[column.name]));
  }
  await sql`close moved`.execute(target);
  return hash.print();
}

/** No number that was ever given comes again, also where its row is gone. */
async function goOnNumbering(source: Connection, target: Kysely<Schema>, tables: readonly Table[]): Promise<void> {
  const given = new Map(
    (await source.all("select name, seq from sqlite_sequence")).map((row) => [row["name"], row["seq"]]),
  );
  for (const { table, column } of await numberedColumns(target)) {
    if (!tables.some(({ name }) => name === table)) continue;
    const { rows } = await sql<{ last: number | null }>`
      select max(${sql.ref(column)}) as last from ${sql.table(table)}`.execute(target);
    const last = Math.max(rows[0]?.last ?? 0, Number(given.get(table) ?? 0));
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${Math.max(last, 1)}, ${last > 0})`.execute(
      target,
    );
  }
}
