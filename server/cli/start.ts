import { dataFolder } from "#config/data-folder.ts";
import { reaching } from "#collectors/polite/reach.ts";
import { loadConfig } from "#config/load.ts";
import { createConnecting } from "../connect/index.ts";
import { deciding } from "../deciding.ts";
import { demoBeside } from "../demo/beside.ts";
import { runDigests } from "../digests/run.ts";
import type { Control } from "../commands.ts";
import type { Installation, OpenInstallation } from "../installation.ts";
import { reload } from "../reload.ts";
import { recordSettings } from "../recording.ts";
import { Bell, runOnSchedule } from "../schedule.ts";
import { accessFor, refuseOpenDoor, vacancy } from "./accessing.ts";
import { askedAddress } from "./address.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { failureOf } from "./failure.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { serveUntilStopped } from "./serving.ts";

/** How often it is looked whether a digest is due: it knows by itself when. */
const DIGESTS = { every: 5 };

/** `headway start`: answers first, then collects, at once and on schedule, until it is told to stop. */
export async function start(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const asked = askedAddress(args, effects.env);
  return withInstallation(args, effects, async (installation, { file, ...config }, { log, stderr }) => {
    const told = { ...effects, stderr };
    await recordSettings(installation);
    const bell = new Bell();
    const { probe, connect } = createConnecting({
      installation,
      file,
      cwd: effects.cwd,
      isNarrowed: args.options.repo !== undefined,
      env: effects.env,
      collect: () => void bell.ring(),
    });
    const control = {
      "/api/sync": async () => ({ started: bell.ring() }),
      "/api/connect/probe": probe,
      "/api/connect": async (...[body, signal, actor]: Parameters<Control["/api/connect"]>) => {
        const reply = await connect(body, signal);
        if (reply.saved) await recordSettings(installation, actor);
        return reply;
      },
      ...deciding(installation),
    };
    await refuseOpenDoor(installation, asked);
    const vacant = await vacancy(installation);
    if (vacant !== null) await createScreen(told.stderr, effects.env).print(`headway: Warning: ${vacant}`);
    const access = accessFor(installation, asked, told);
    const beside = { ...effects, access, outer: () => installation.config };
    const { listener: demo, close } = demoBeside(dataFolder(config), beside);
    const meanwhile = async () => runOnSchedule(DIGESTS, async () => tellTeams(installation, told), effects);
    const nothing = async () => undefined;
    const deafen = effects.onReload?.(() => void readAgain(installation, args, told, bell));
    try {
      await serveUntilStopped(
        installation,
        {
          asked,
          access,
          control,
          bell,
          demo,
          meanwhile,
          afterwards: nothing,
          atLeisure: nothing,
          json: args.json,
          log,
        },
        told,
      );
    } finally {
      deafen?.();
      await close();
    }
    return 0;
  });
}

/** New sources are collected at once. */
async function readAgain(installation: OpenInstallation, args: Arguments, effects: Effects, bell: Bell): Promise<void> {
  const { cwd, env, stderr } = effects;
  const { config, repo } = args.options;
  const { print } = createScreen(stderr, env);
  try {
    const { isTaken, sentence } = await reload(installation, async () => loadConfig({ cwd, env, config, repo }));
    await print(`headway: ${sentence}`);
    if (!isTaken) return;
    await recordSettings(installation);
    bell.ring();
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
  }
}

/** What is due goes out. Whatever goes wrong is told, and tried again. */
async function tellTeams(installation: Installation, { stderr, env }: Effects): Promise<void> {
  const { print } = createScreen(stderr, env);
  try {
    for (const line of await runDigests(installation, reaching(installation.config.allowAddresses)))
      await print(`headway: ${line}`);
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
  }
}
