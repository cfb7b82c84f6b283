/** Databases on the PostgreSQL server of the tests, one for each that a test asks for. */
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { Store } from "#server/store/store.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's address; `null` where there is none. Tests on SQLite know of none. */
    postgres: string | null | undefined;
  }
}

/** Where the tests of this project keep what they store. */
export function isOnPostgres(): boolean {
  return typeof inject("postgres") === "string";
}

let count = 0;
const TEMPLATE = `headway_test_tables_${process.pid}`;
let template: Promise<void> | null = null;

/** The address of a database that is not there yet, and goes away with the test. */
export function aPostgresDatabase(): string {
  const name = `headway_test_${process.pid}_${count++}`;
  onTestFinished(async () => {
    await administer(`drop database if exists ${name} with (force)`);
  });
  return addressOf(name);
}

/** Makes a database with the tables of this version, unless it is there. To copy them is quicker than to migrate. */
export async function postgresTablesFor(address: string): Promise<void> {
  const name = new URL(address).pathname.slice(1);
  const found = await administer(`select 1 from pg_database where datname = '${name}'`);
  if (found.length > 0) return;
  template ??= makeTemplate();
  await template;
  await administer(`create database ${name} template ${TEMPLATE} strategy file_copy`);
}

async function makeTemplate(): Promise<void> {
  await administer(`drop database if exists ${TEMPLATE} with (force)`);
  await administer(`create database ${TEMPLATE}`);
  await (await Store.open(addressOf(TEMPLATE))).close();
}

function addressOf(name: string): string {
  const url = new URL(String(inject("postgres")));
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(statement: string): Promise<unknown[]> {
  return askPostgres(String(inject("postgres")), statement);
}

/** What a statement says of a database, past the store; instants as numbers. */
export async function askPostgres(
  address: string,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: address,
    types: {
      getTypeParser: (id: number, format?: "text" | "binary"): ((text: string) => unknown) => {
        const usual: (text: string) => unknown = pg.types.getTypeParser(id, format);
        return id === 20 ? Number : usual;
      },
    },
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement, [...parameters]);
    return rows;
  } finally {
    await client.end();
  }
}
