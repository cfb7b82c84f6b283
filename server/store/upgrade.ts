/** Before a database that holds something gets new tables, it is copied, so that there is a way back. */
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Copied } from "./backup.ts";
import { bytesOf, copyDatabase, expectRoom, megabytes, unused } from "./backup.ts";

/** As many copies of the kind are kept, the newest. */
const KEPT = 3;

/** Told what happens to a database, in sentences. */
export type Tell = (sentence: string) => void;

/**
 * @param pending the migrations that come now.
 * @throws StoreError when there is no room for a copy; then nothing has changed.
 */
export async function copyBeforeUpgrade(path: string, pending: readonly string[], tell: Tell): Promise<void> {
  const next = pending[0]?.slice(0, 4) ?? "";
  // What migrations write waits in the journal before it is in the file.
  await expectRoom(dirname(path), 2 * (await bytesOf(path)), "to upgrade the database and to keep a copy of it");
  const copied = await copyDatabase(path, unused(`${path}.before-${next}`));
  tell(wayBack(copied, pending));
  await forgetOldest(path);
}

function wayBack({ file, bytes, schema }: Copied, pending: readonly string[]): string {
  return `The database is upgraded from schema ${schema.slice(0, 4)} to ${pending.at(-1)?.slice(0, 4)}. As it was, it lies in ${file} (${megabytes(bytes)}). The way back: stop Headway, run \`headway restore ${file}\`, and start the Headway you had before.`;
}

/** The copies that were made of a database before upgrades, the newest first. */
export async function copiesBeforeUpgrades(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const copies = names.filter((name) => isCopy(name, basename(path))).map((name) => join(folder, name));
  const dated = await Promise.all(copies.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  return dated.toSorted((a, b) => b.at - a.at || (b.file > a.file ? 1 : -1)).map(({ file }) => file);
}

function isCopy(name: string, database: string): boolean {
  return name.startsWith(`${database}.before-`) && /^\d{4}(-\d+)?$/.test(name.slice(`${database}.before-`.length));
}

async function forgetOldest(path: string): Promise<void> {
  for (const file of (await copiesBeforeUpgrades(path)).slice(KEPT)) await rm(file, { force: true });
}
