import { recordSettings } from "../recording.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { outcomeLines, syncAloud } from "./syncing.ts";

/** `headway sync`: collects what is new, once. Fails when any source did; the others are collected all the same. */
export async function sync(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  return withInstallation(args, effects, async (installation) => {
    await recordSettings(installation);
    const outcomes = await syncAloud(installation, effects);
    const { print } = createScreen(effects.stdout, effects.env);
    const lines = args.json ? [JSON.stringify(outcomes, null, 2)] : outcomes.flatMap(outcomeLines);
    for (const line of lines) await print(line);
    return effects.signal.aborted || outcomes.some(({ error }) => error !== null) ? 1 : 0;
  });
}
