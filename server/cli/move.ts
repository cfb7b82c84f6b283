import { dataFolder } from "#config/data-folder.ts";
import { loadConfig } from "#config/load.ts";
import { moveDatabase } from "../store/move.ts";
import { isServer, shownPlace } from "../store/place.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

/** `headway move --to postgres://…`: everything in the database of the configuration, into an empty one on PostgreSQL. */
export async function move(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const { config: file } = args.options;
  const to = named(args.options.to, effects.env);
  if (to === undefined || !isServer(to))
    throw new UsageError(
      "`headway move` needs the address of an empty database on PostgreSQL: headway move --to '${DATABASE_URL}', with DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME in the environment.",
    );
  const config = await loadConfig({ cwd: effects.cwd, env: effects.env, config: file });
  if (isServer(config.database))
    throw new UsageError(
      `${shownPlace(config.database)} is on PostgreSQL already. Use its own programs to move it: pg_dump and pg_restore.`,
    );
  const { print } = createScreen(effects.stderr, effects.env);
  const tell = (sentence: string): void => void print(`headway: ${sentence}`).catch(() => undefined);
  const moved = await moveDatabase(config.database, to, tell);
  const screen = createScreen(effects.stdout, effects.env);
  if (args.json) {
    await screen.print(JSON.stringify({ from: config.database, to: shownPlace(to), tables: moved }));
    return 0;
  }
  const width = Math.max(...moved.map(({ table }) => table.length));
  const count = Math.max(...moved.map(({ rows }) => String(rows).length));
  await screen.print(
    `${moved.map(({ table, rows, hash }) => `${table.padEnd(width)}  ${String(rows).padStart(count)} rows  ${hash.slice(0, 16)}`).join("\n")}
All of ${config.database} is in ${shownPlace(to)}: each table has as many rows there as here, with the same hash.
Now let the configuration say it, and keep the file until you have seen that all is well:
  database: \${DATABASE_URL}
  data: ${dataFolder(config)}`,
  );
  return 0;
}

/** `${NAME}` is read from the environment, as in a configuration: whoever lists the processes of a machine reads what commands are given. */
function named(to: string | undefined, env: Effects["env"]): string | undefined {
  const [, name] = /^\$\{(\w+)\}$/.exec(to ?? "") ?? [];
  return name === undefined ? to : env[name];
}
