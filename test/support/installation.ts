/** A running Headway for a test: a real database in a folder of its own, any collectors, a clock that stands still. */
import type { AddressInfo } from "node:net";
import { createServer, request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import type { Collector } from "#collectors/collector.ts";
import { Config } from "#config/schema.ts";
import { ServiceOptions } from "#config/services.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import { defaultRule } from "#metrics/releases.ts";
import type { Instant } from "#metrics/time.ts";
import type { AppOptions } from "#server/app.ts";
import { createApp } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";
import { Live } from "#server/live.ts";
import { connect } from "#server/store/connection.ts";
import type { Row } from "#server/store/connection.ts";
import { openSigner } from "#server/statements/signing.ts";
import { isServer } from "#server/store/place.ts";
import { Store } from "#server/store/store.ts";
import type { SyncOutcome } from "#server/sync.ts";
import { syncAll } from "#server/sync.ts";
import { usualRules } from "./builders.ts";
import { at } from "./fake-host.ts";
import { aFolder } from "./git-repository.ts";
import { aPostgresDatabase, askPostgres, isOnPostgres, postgresTablesFor } from "./postgres/databases.ts";

export interface InstallationDraft {
  readonly collectors: readonly Collector[];
  readonly rule?: ReleaseRule;
  /** As the configuration says them. */
  readonly services?: readonly z.input<typeof ServiceOptions>[];
  readonly timezone?: string;
  readonly now?: () => Instant;
  readonly database?: string;
}

/** Closed when the test ends. */
export async function anInstallation({
  collectors,
  rule = defaultRule,
  services = [],
  timezone = "UTC",
  now = () => at("2026-06-30T12:00"),
  database = aDatabase(),
}: InstallationDraft): Promise<Installation> {
  await tablesFor(database);
  const store = await aStore(database);
  const keys = aFolder();
  const sources = collectors.map((collector) => ({
    options: { host: "git" as const, path: collector.source, releases: rule },
    collector,
    rules: { ...usualRules, releases: rule, backfillDays: 0 },
  }));
  // Beside a file there is a folder; a server has none, and what a test keeps must not lie where the tests run.
  const data = isServer(database) ? { data: keys } : {};
  const defaults = Config.parse({ database, ...data, timezone, sources: [{ host: "git", path: "." }] });
  const config = {
    ...defaults,
    sources: sources.map(({ options }) => options),
    services: services.map((service) => ServiceOptions.parse(service)),
  };
  const signer = async () => openSigner(keys, process.env);
  return { config, store, sources, now, live: new Live(), waiting: [], signer };
}

/** Where a database is that is not there yet, and goes away with the test: a file, or the address of one on PostgreSQL. */
export function aDatabase(): string {
  return isOnPostgres() ? aPostgresDatabase() : aFile();
}

/** A file for a database, whatever else the tests run on. */
export function aFile(): string {
  return join(aFolder(), "data", "headway.db");
}

let tables: Promise<Buffer> | null = null;

/** Makes what opening a database makes where there is none yet. To migrate takes four times as long as to write a copy. */
export async function tablesFor(database: string): Promise<void> {
  if (isServer(database)) return postgresTablesFor(database);
  if (existsSync(database)) return;
  tables ??= migrated();
  const bytes = await tables;
  mkdirSync(dirname(database), { recursive: true });
  writeFileSync(database, bytes);
}

/** A database of this version without a row. */
async function migrated(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "headway-tables-"));
  try {
    const database = join(folder, "headway.db");
    await (await Store.open(database)).close();
    return readFileSync(database);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Closed when the test ends. */
export async function aStore(database = aDatabase()): Promise<Store> {
  if (isServer(database)) await tablesFor(database);
  const store = await Store.open(database);
  onTestFinished(async () => store.close());
  return store;
}

export async function synced(
  installation: Installation,
  signal = new AbortController().signal,
): Promise<readonly SyncOutcome[]> {
  return syncAll(installation, { signal });
}

/** What a query says of a database, past the store. */
export async function query(database: string, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  if (isServer(database)) return askPostgres(database, sql, parameters);
  const connection = await connect(database, "read");
  try {
    return await connection.all(sql, parameters);
  } finally {
    await connection.close();
  }
}

/** Changes a database past the store. */
export async function change(database: string, ...statements: readonly string[]): Promise<void> {
  if (isServer(database)) {
    for (const statement of statements) await askPostgres(database, statement);
    return;
  }
  const connection = await connect(database, "write");
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    await connection.close();
  }
}

/** The columns of all tables, such as `event.id`. */
export async function columnsOf(database: string): Promise<readonly string[]> {
  const rows = await query(
    database,
    isServer(database)
      ? `select table_name || '.' || column_name as name from information_schema.columns
         where table_schema = 'public' and table_name not like 'kysely%'`
      : `select m.name || '.' || c.name as name from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'kysely%' and m.name not like 'sqlite%'`,
  );
  return rows.map(({ name }) => String(name)).sort();
}

/** From now on a table `written` holds one column of each row of another that is written. */
export async function noteWrites(database: string, table: string, column: string): Promise<void> {
  const old = (verb: string) => (verb === "delete" ? "old" : "new");
  const noting = ["insert", "update", "delete"].flatMap((verb) => {
    const note = `begin insert into written values (${old(verb)}.${column}); `;
    const on = `create trigger note_${verb} after ${verb} on ${table}`;
    if (!isServer(database)) return [`${on} ${note} end`];
    const body = `create function note_${verb}() returns trigger language plpgsql as $$ ${note} return null; end $$`;
    return [body, `${on} for each row execute function note_${verb}()`];
  });
  await change(database, `create table written (${column} text)`, ...noting);
}

/** From now on a table takes no more rows. */
export async function refuseRows(database: string, table: string): Promise<void> {
  const server = [
    "create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$",
    `create trigger no_room before insert on ${table} for each row execute function no_room()`,
  ];
  const file = [`create trigger no_room before insert on ${table} begin select raise(abort, 'no room'); end`];
  await change(database, ...(isServer(database) ? server : file));
}

/** Everything a sync may say again or otherwise without meaning anything else: when it was, and who is at work. */
const TABLES = {
  source: ["key", "name", "host", "cursor", "error", "notices"],
  event: ["source_id", "kind", "repository", "id", "body"],
  service: ["source_id", "repository", "name", "definition"],
  commit_fact: ["*"],
  deployment_fact: ["*"],
  change_fact: ["*"],
};

/** What a database holds, in an order that does not depend on how it came to hold it. */
export async function contentOf(database: string): Promise<Record<string, readonly string[]>> {
  const content: Record<string, readonly string[]> = {};
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows = await query(database, `select ${columns.join(", ")} from ${table}`);
    content[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return content;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body, if it is JSON, of the type the caller expects. */
  readonly json: <T = Record<string, unknown>>() => T;
}

export interface Server {
  readonly url: string;
  readonly get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>;
}

/** The page that stands for the dashboard. */
export const PAGE = "<!doctype html><title>Headway</title>";

/**
 * The app on a port of its own, asked over a real socket; stopped when the test ends.
 *
 * @param wished the port, where it is still free; `0`: any.
 */
export async function serve(
  installation: Installation,
  options: Partial<AppOptions> = {},
  wished = 0,
): Promise<Server> {
  const ended = new AbortController();
  const server = createServer(createApp(installation, { webRoot: aWebRoot(), stopping: ended.signal, ...options }));
  server.listen(wished, "127.0.0.1");
  await once(server, "listening").catch(async () => once(server.listen(0, "127.0.0.1"), "listening"));
  onTestFinished(async () => {
    ended.abort();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get: async (path, headers = {}, method = "GET") => ask({ port, path, headers, method }),
  };
}

/** node:http and no `fetch`, which adds `cache-control: no-cache` to conditional requests and tidies up paths. */
async function ask(options: {
  port: number;
  path: string;
  headers: Record<string, string>;
  method: string;
}): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", agent: false, ...options }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const body = await text(response);
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, text: body, json: <T>() => JSON.parse(body) as T };
}

export function aWebRoot(folder = join(aFolder(), "web")): string {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "assets/app-1234.js"), "export {};\n");
  return folder;
}
