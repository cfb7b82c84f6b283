/** Opening a database: as whom, and with its tables brought up to date first. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Kysely, Migrator } from "kysely";
import { connect } from "./connection.ts";
import { sqliteDialect } from "./dialect.ts";
import { StoreError, translate } from "./errors.ts";
import { migrations, postgresMigrations } from "./migrations.ts";
import { isServer, shownPlace } from "./place.ts";
import { postgresKysely } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import type { Tell } from "./upgrade.ts";
import { copiesBeforeUpgrades, copyBeforeUpgrade } from "./upgrade.ts";

/** Who uses a database: one who writes, those who read, one who only looks whether anything is new, a thread that reads beside them. */
type Role = "writer" | "reader" | "watcher" | "thread";

/** Connections of each. A server takes several who write; a file takes one. */
const SQLITE = { writer: 1, reader: 2, watcher: 1, thread: 1 };
const POSTGRES = { writer: 4, reader: 4, watcher: 1, thread: 1 };

/** Nothing is opened before something is asked. */
export function openAs(path: string, role: Role): Kysely<Schema> {
  if (isServer(path)) return postgresKysely(path, POSTGRES[role]);
  const mode = role === "writer" ? "write" : "read";
  const open = async () => Promise.all(Array.from({ length: SQLITE[role] }, async () => connect(path, mode)));
  return new Kysely<Schema>({ dialect: sqliteDialect(open) });
}

/**
 * @param before looks at it before its tables are made or brought up to date.
 * @throws StoreError when it cannot be written, is damaged, or was made by a newer Headway.
 */
export async function openWriter(
  path: string,
  tell: Tell,
  before?: (db: Kysely<Schema>) => Promise<void>,
): Promise<Kysely<Schema>> {
  const writer = openAs(path, "writer");
  try {
    if (!isServer(path)) await prepareFolder(dirname(path));
    await before?.(writer);
    await migrate(writer, path, tell);
    return writer;
  } catch (error) {
    await writer.destroy().catch(() => undefined);
    throw translate(error, path);
  }
}

/** What Headway keeps is no source code: a repository that it is started in must not commit it. */
export async function prepareFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
}

async function migrate(db: Kysely<Schema>, path: string, tell: Tell): Promise<void> {
  const wanted = isServer(path) ? postgresMigrations : migrations;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => wanted } });
  const applied = await appliedTo(db);
  const unknown = applied.find((name) => !(name in wanted));
  if (unknown !== undefined) throw await newer(path, unknown);
  const pending = Object.keys(wanted)
    .toSorted()
    .filter((name) => !applied.includes(name));
  // Who has nothing to bring up to date needs no lock.
  if (pending.length === 0) return;
  if (applied.length > 0) await beforeUpgrade(path, pending, tell);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error("The tables could not be brought up to date.", { cause: error });
}

/** A file is copied, so that there is a way back; whoever runs a server has backups of their own. */
async function beforeUpgrade(path: string, pending: readonly string[], tell: Tell): Promise<void> {
  if (!isServer(path)) return copyBeforeUpgrade(path, pending, tell);
  tell(
    `The database ${shownPlace(path)} is upgraded to schema ${pending.at(-1)?.slice(0, 4)}. PostgreSQL does it wholly or not at all. The way back is the backup that was made with pg_dump before.`,
  );
}

async function appliedTo(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return rows.map(({ name }) => name);
}

async function newer(path: string, unknown: string): Promise<StoreError> {
  const [copy] = isServer(path) ? [] : await copiesBeforeUpgrades(path);
  const back = copy === undefined ? "" : `, go back to the copy from before the upgrade (headway restore ${copy})`;
  return new StoreError(
    "newer",
    `${shownPlace(path)} was made by a newer Headway (it has "${unknown}"), which this one would misread. Update Headway${back}, or name another file with \`database:\` in the configuration.`,
  );
}
