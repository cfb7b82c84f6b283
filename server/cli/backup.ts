import { writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { loadConfig } from "#config/load.ts";
import { copyDatabase, megabytes } from "../store/backup.ts";
import { lastBackupFile } from "../backups.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

/** `headway backup FILE`: all of the database as it is now, as one file. Others go on reading and writing. */
export async function backup(args: Arguments, effects: Effects): Promise<number> {
  const file = resolve(effects.cwd, askedFile(args));
  const { config, repo } = args.options;
  const { database } = await loadConfig({ cwd: effects.cwd, env: effects.env, config, repo });
  const began = effects.now();
  const copied = await copyDatabase(database, file, args.overwrite);
  // Where this cannot be written, the backup is no worse; only `check` will not know of it.
  await writeFile(lastBackupFile(database), `${JSON.stringify({ at: new Date(began).toISOString(), file })}\n`, {
    mode: 0o600,
  }).catch(() => undefined);
  const { print } = createScreen(effects.stdout, effects.env);
  await print(
    args.json
      ? JSON.stringify(copied)
      : `Wrote ${file} (${megabytes(copied.bytes)}, schema ${copied.schema.slice(0, 4)}), and read all of it again: it is whole.
Put it back with: headway restore ${file}
It does not hold the configuration, nor people.key and secrets.env in ${dirname(database)}: keep those in another place, since
whoever has people.key and a list of accounts can tell whose pseudonyms are in ${basename(file)}.`,
  );
  return 0;
}

/** @throws UsageError */
export function askedFile({ command, operands: [file, ...others] }: Arguments): string {
  if (file === undefined) throw new UsageError(`\`headway ${command}\` needs a file: headway ${command} FILE.`);
  if (others.length > 0) throw new UsageError(`\`headway ${command}\` takes one file, not ${others.length + 1}.`);
  return file;
}
