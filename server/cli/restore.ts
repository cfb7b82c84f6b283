import { resolve } from "node:path";
import { loadConfig } from "#config/load.ts";
import { megabytes, restoreDatabase } from "../store/backup.ts";
import type { Arguments } from "./args.ts";
import { askedFile, refuseServer } from "./backup.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";

/** `headway restore FILE`: a backup takes the place of the database, which is kept beside it. */
export async function restore(args: Arguments, effects: Effects): Promise<number> {
  const file = resolve(effects.cwd, askedFile(args));
  const { config, repo } = args.options;
  const { database } = await loadConfig({ cwd: effects.cwd, env: effects.env, config, repo });
  refuseServer(database, "pg_restore --clean --if-exists FILE --dbname");
  const restored = await restoreDatabase(file, database, effects.now());
  const { schema, bytes, aside } = restored;
  const { print } = createScreen(effects.stdout, effects.env);
  const back =
    aside === null
      ? "There was no database before."
      : `The one that was there before lies in ${aside}. The way back: headway restore ${aside}`;
  await print(
    args.json
      ? JSON.stringify({ database, schema, bytes, aside })
      : `${database} is now what ${file} holds (${megabytes(bytes)}, schema ${schema.slice(0, 4)}).\n${back}`,
  );
  return 0;
}
