import { writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { dataFolder } from "#config/data-folder.ts";
import type { Key } from "#config/key.ts";
import { findKey } from "#config/key.ts";
import { loadConfig } from "#config/load.ts";
import { copyDatabase, megabytes } from "../store/backup.ts";
import { lastBackupFile } from "../backups.ts";
import { StoreError } from "../store/errors.ts";
import { isServer, shownPlace } from "../store/place.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { keyWords } from "./key-findings.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

/** `headway backup FILE`: all of the database as it is now, as one file. Others go on reading and writing. */
export async function backup(args: Arguments, effects: Effects): Promise<number> {
  const file = resolve(effects.cwd, askedFile(args));
  const { config, repo } = args.options;
  const loaded = await loadConfig({ cwd: effects.cwd, env: effects.env, config, repo });
  const { database } = loaded;
  refuseServer(database, "pg_dump --format=custom --file=FILE");
  const began = effects.now();
  const copied = await copyDatabase(database, file, args.overwrite);
  // Where this cannot be written, the backup is no worse; only `check` will not know of it.
  await writeFile(
    lastBackupFile(dataFolder(loaded)),
    `${JSON.stringify({ at: new Date(began).toISOString(), file })}\n`,
    {
      mode: 0o600,
    },
  ).catch(() => undefined);
  const { print } = createScreen(effects.stdout, effects.env);
  await print(
    args.json
      ? JSON.stringify({ ...copied, key: (await findKey(effects.env))?.id ?? null })
      : `Wrote ${file} (${megabytes(copied.bytes)}, schema ${copied.schema.slice(0, 4)}), and read all of it again: it is whole.
Put it back with: headway restore ${file}
It does not hold the configuration, nor people.key, statement.key and secrets.env in ${dataFolder(loaded)}: keep those in another place, since
whoever can read people.key and has a list of accounts can tell whose pseudonyms are in ${basename(file)}.${keyLine(await findKey(effects.env))}`,
  );
  return 0;
}

function keyLine(key: Key | null): string {
  return key === null ? "" : `\nThey open only with ${keyWords(key)}: keep a copy of that in a third place.`;
}

/** A file can be copied; a server has its own ways, which also know of its users and its other databases. */
export function refuseServer(database: string, instead: string): void {
  if (!isServer(database)) return;
  throw new StoreError(
    "foreign",
    `The database ${shownPlace(database)} is no file, so Headway does not copy it. Use PostgreSQL's own programs: ${instead} ADDRESS. docs/operate.md says how.`,
  );
}

/** @throws UsageError */
export function askedFile({ command, operands: [file, ...others] }: Arguments): string {
  if (file === undefined) throw new UsageError(`\`headway ${command}\` needs a file: headway ${command} FILE.`);
  if (others.length > 0) throw new UsageError(`\`headway ${command}\` takes one file, not ${others.length + 1}.`);
  return file;
}
