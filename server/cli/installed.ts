/** Opens what a command works on, and closes it whatever happens. */
import type { LoadedConfig } from "#config/load.ts";
import { loadConfig } from "#config/load.ts";
import type { Installation, OpenInstallation } from "../installation.ts";
import { closeInstallation, openInstallation } from "../installation.ts";
import { refresh } from "../refresh.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import type { Logging } from "./logging.ts";
import { createLogging } from "./logging.ts";
import { createScreen } from "./screen.ts";
import { outcomeLines, syncAloud } from "./syncing.ts";

export async function withInstallation(
  { options }: Arguments,
  effects: Effects,
  work: (installation: OpenInstallation, config: LoadedConfig, logging: Logging) => Promise<number>,
): Promise<number> {
  const config = await loadConfig({ cwd: effects.cwd, env: effects.env, config: options.config, repo: options.repo });
  const logging = await createLogging(config, effects);
  const { print } = createScreen(logging.stderr, effects.env);
  const tell = (sentence: string): void => void print(`headway: ${sentence}`).catch(() => undefined);
  const installation = await openInstallation(config, { env: effects.env, now: effects.now, tell });
  try {
    return await work(installation, config, logging);
  } finally {
    await closeInstallation(installation);
  }
}

/**
 * Collects first where nothing ever was, else only derives what is stale.
 *
 * @returns whether there is something to tell of; when not, stderr says why.
 */
export async function prepare(installation: Installation, effects: Effects): Promise<boolean> {
  const { store, sources } = installation;
  const records = await store.sources(sources.map(({ collector }) => collector.source));
  if (records.some(({ syncedAt }) => syncedAt !== null)) {
    await refresh(installation);
    return true;
  }
  const { print } = createScreen(effects.stderr, effects.env);
  await print("headway: nothing has been collected yet, so that comes first.");
  const outcomes = await syncAloud(installation, effects);
  for (const line of outcomes.flatMap(outcomeLines)) await print(`headway: ${line}`);
  return !effects.signal.aborted && outcomes.some(({ error }) => error === null);
}
