import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { dataFolder } from "#config/data-folder.ts";
import { loadConfig } from "#config/load.ts";
import { peopleKeyFile } from "../people.ts";
import { megabytes, restoreDatabase } from "../store/backup.ts";
import type { Arguments } from "./args.ts";
import { askedFile, refuseServer } from "./backup.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";

/** `headway restore FILE`: a backup takes the place of the database, which is kept beside it. */
export async function restore(args: Arguments, effects: Effects): Promise<number> {
  const file = resolve(effects.cwd, askedFile(args));
  const { config, repo } = args.options;
  const loaded = await loadConfig({ cwd: effects.cwd, env: effects.env, config, repo });
  const { database } = loaded;
  const keyFile = peopleKeyFile(dataFolder(loaded));
  refuseServer(database, "pg_restore --clean --if-exists FILE --dbname");
  const restored = await restoreDatabase(file, database, effects.now());
  const { schema, bytes, aside } = restored;
  const { print } = createScreen(effects.stdout, effects.env);
  const back =
    aside === null
      ? "There was no database before."
      : `The one that was there before lies in ${aside}. The way back: headway restore ${aside}`;
  // What the backup holds of people is named by that key, which is in no backup.
  const isKeyless = !existsSync(keyFile);
  const keyless = isKeyless
    ? `\n${keyFile} is not there. Put it back from where it is kept before you start Headway.`
    : "";
  await print(
    args.json
      ? JSON.stringify({ database, schema, bytes, aside, missing: isKeyless ? [keyFile] : [] })
      : `${database} is now what ${file} holds (${megabytes(bytes)}, schema ${schema.slice(0, 4)}).\n${back}${keyless}`,
  );
  return 0;
}
