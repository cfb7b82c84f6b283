/** `headway demo`: a simulated company to look at, in a folder of its own beside nobody's numbers. */
import { join } from "node:path";
import { DemoOptions } from "#collectors/demo/options.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoControl } from "../demo/control.ts";
import { declareDemo } from "../demo/declaring.ts";
import { demoFolder, demoOptions, settleDemo, USUAL_DEMO } from "../demo/folder.ts";
import type { WantedDemo } from "../demo/folder.ts";
import { tellingStory } from "../demo/story.ts";
import { Bell } from "../schedule.ts";
import { accessFor, refuseOpenDoor } from "./accessing.ts";
import { askedAddress } from "./address.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { serveUntilStopped } from "./serving.ts";
import { UsageError } from "./usage.ts";

export async function demo(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  if (args.options.config !== undefined)
    throw new UsageError("`demo` writes its own configuration, so --config says nothing to it. Leave it out.");
  const wanted = wantedDemo(args);
  const folder = demoFolder(join(effects.cwd, "data"), wanted);
  if (args.truth) return tellTruth(folder, wanted, effects);
  const asked = askedAddress(args, effects.env);
  const { file } = await settleDemo(folder, wanted, effects.now());
  return withInstallation({ ...args, options: { config: file } }, effects, async (installation, _config, { log }) => {
    const bell = new Bell();
    const control = demoControl(installation, bell);
    const meanwhile = async () => undefined;
    const afterwards = async () => declareDemo(installation);
    const atLeisure = tellingStory(installation, effects.signal);
    await refuseOpenDoor(installation, asked);
    const access = accessFor(installation, asked, effects);
    await serveUntilStopped(
      installation,
      { asked, access, control, bell, demo: null, meanwhile, afterwards, atLeisure, json: args.json, log },
      effects,
    );
    return 0;
  });
}

async function tellTruth(folder: string, wanted: WantedDemo, { stdout, env, now }: Effects): Promise<number> {
  const truth = truthOf(await demoOptions(folder, wanted, now()));
  await createScreen(stdout, env).print(JSON.stringify(truth, null, 2));
  return 0;
}

/** @throws UsageError */
function wantedDemo({ options }: Arguments): WantedDemo {
  return {
    seed: options.seed === undefined ? USUAL_DEMO.seed : numberOf("seed", options.seed),
    years: options.years === undefined ? USUAL_DEMO.years : numberOf("years", options.years),
  };
}

function numberOf(name: "seed" | "years", text: string): number {
  const parsed = DemoOptions.shape[name].safeParse(/^\d+$/.test(text) ? Number(text) : NaN);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--${name} ${text}: ${parsed.error.issues.map(({ message }) => message).join(" ")}`);
}
