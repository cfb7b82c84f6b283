import { SECOND } from "#metrics/time.ts";
import { createApp } from "../app.ts";
import type { Control } from "../commands.ts";
import { createConnecting } from "../connect/index.ts";
import type { Installation } from "../installation.ts";
import { runDigests } from "../digests/run.ts";
import { experimenting } from "../experimenting.ts";
import { freezing } from "../baselines.ts";
import { judging } from "../judging.ts";
import { Nudges, turns } from "../push/nudges.ts";
import { refresh } from "../refresh.ts";
import { Bell, runOnSchedule } from "../schedule.ts";
import { askedAddress, urlOf } from "./address.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { failureOf } from "./failure.ts";
import { withInstallation } from "./installed.ts";
import { listen } from "./listen.ts";
import { createScreen } from "./screen.ts";
import { outcomeLines, syncAloud } from "./syncing.ts";

/** A sync that is over sooner leaves no trace in a server's log unless it has news. */
const PATIENCE = 10 * SECOND;

/** How often it is looked whether a digest is due: it knows by itself when. */
const DIGESTS = { every: 5 };

/** `headway start`: answers first, then collects, at once and on schedule, until it is told to stop. */
export async function start(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const asked = askedAddress(args, effects.env);
  return withInstallation(args, effects, async (installation, { sync, file }) => {
    const bell = new Bell();
    const { probe, connect } = createConnecting({
      installation,
      file,
      cwd: effects.cwd,
      isNarrowed: args.options.repo !== undefined,
      env: effects.env,
      collect: () => void bell.ring(),
    });
    const control: Control = {
      "/api/sync": async () => ({ started: bell.ring() }),
      "/api/connect/probe": probe,
      "/api/connect": connect,
      ...judging(installation),
      ...experimenting(installation),
      ...freezing(installation),
    };
    const inTurn = turns();
    const nudges = new Nudges((only) => inTurn(() => keepFresh(installation, effects, only)));
    const { nudge } = nudges;
    const app = createApp(installation, { webRoot: effects.webRoot, control, nudge, stopping: effects.signal });
    const { address, close } = await listen(app, asked);
    try {
      const url = urlOf(address);
      await createScreen(effects.stdout, effects.env).print(args.json ? JSON.stringify({ url }) : url);
      await Promise.all([
        runOnSchedule(sync, () => inTurn(() => keepFresh(installation, effects)), { ...effects, bell }),
        runOnSchedule(DIGESTS, () => tellTeams(installation, effects), effects),
      ]);
    } finally {
      await close();
      await nudges.stop();
    }
    return 0;
  });
}

/** What is due goes out. Whatever goes wrong is told, and tried again. */
async function tellTeams(installation: Installation, { stderr, env }: Effects): Promise<void> {
  const { print } = createScreen(stderr, env);
  try {
    for (const line of await runDigests(installation, fetch)) await print(`headway: ${line}`);
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
  }
}

/** One sync, of all sources or of some. Whatever goes wrong is told, and the server goes on serving what is stored. */
async function keepFresh(
  installation: Installation,
  effects: Effects,
  only: ReadonlySet<string> | null = null,
): Promise<void> {
  const { print } = createScreen(effects.stderr, effects.env);
  try {
    // What an earlier process stored and did not derive, or another configuration made of it, waits for no host.
    await refresh(installation);
    const outcomes = await syncAloud(installation, effects, PATIENCE, only);
    if (effects.signal.aborted) return;
    const news = outcomes.filter(({ changed, error }) => changed > 0 || error !== null);
    for (const line of news.flatMap(outcomeLines)) await print(`headway: ${line}`);
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
  }
}
