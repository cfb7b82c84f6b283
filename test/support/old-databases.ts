/** Databases as earlier versions left them: made by their migrations, and filled with what they kept. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Migrator } from "kysely";
import { expect } from "vitest";
import { migrations, postgresMigrations } from "#server/store/migrations.ts";
import { openAs } from "#server/store/opening.ts";
import { isServer } from "#server/store/place.ts";
import { aDatabase, change } from "./installation.ts";

/** Every version there was, the first one first. */
export const versions: readonly string[] = Object.keys(migrations).toSorted();

/** As a Headway left it that knew no later migration than this one. */
export async function aDatabaseOf(version: string, ...statements: readonly string[]): Promise<string> {
  const database = aDatabase();
  mkdirSync(dirname(database));
  await migrateTo(database, version);
  await change(database, ...statements);
  return database;
}

/** Goes on to a later version, without the store. */
export async function migrateTo(database: string, version: string): Promise<void> {
  const db = openAs(database, "writer");
  const known = isServer(database) ? postgresMigrations : migrations;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error } = await migrator.migrateTo(version);
  await db.destroy();
  expect(error).toBeUndefined();
}
