import { SECOND } from "#metrics/time.ts";
import type { SyncState } from "../answers/status.ts";
import { createApp } from "../app.ts";
import type { Installation } from "../installation.ts";
import { runOnSchedule } from "../schedule.ts";
import type { SyncProgress } from "../sync.ts";
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

/** `headway start`: answers first, then collects, at once and on schedule, until it is told to stop. */
export async function start(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const asked = askedAddress(args, effects.env);
  return withInstallation(args, effects, async (installation, { sync }) => {
    const syncing = new Map<string, { progress: number | null }>();
    const app = createApp(installation, { webRoot: effects.webRoot, syncing: (): SyncState => syncing });
    const { address, close } = await listen(app, asked);
    try {
      const url = urlOf(address);
      await createScreen(effects.stdout, effects.env).print(args.json ? JSON.stringify({ url }) : url);
      await runOnSchedule(sync, () => keepFresh(installation, effects, syncing), effects);
    } finally {
      await close();
    }
    return 0;
  });
}

/** One sync. Whatever goes wrong is told, and the server goes on serving what is stored. */
async function keepFresh(
  installation: Installation,
  effects: Effects,
  syncing: Map<string, { progress: number | null }>,
): Promise<void> {
  const { print } = createScreen(effects.stderr, effects.env);
  try {
    const watch = ({ source, phase, progress }: SyncProgress): void => {
      syncing.clear();
      if (phase === "collecting") syncing.set(source, { progress });
    };
    const outcomes = await syncAloud(installation, effects, { watch, patience: PATIENCE });
    if (effects.signal.aborted) return;
    const news = outcomes.filter(({ changed, error }) => changed > 0 || error !== null);
    for (const line of news.flatMap(outcomeLines)) await print(`headway: ${line}`);
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
  } finally {
    syncing.clear();
  }
}
