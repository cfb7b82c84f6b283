import { withoutCredentials } from "#collectors/git/remote.ts";
import { answerMeasures } from "../answers/measures.ts";
import { answerStatus } from "../answers/status.ts";
import type { Arguments } from "./args.ts";
import { askedInterval, askedLens, askedWindow, refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import { quoted, reportText } from "./report-text.ts";
import { createScreen } from "./screen.ts";

/** `headway report`: the numbers as they are stored. */
export async function report(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const query = { ...askedWindow(args), ...askedLens(args), interval: askedInterval(args) };
  return withInstallation(args, effects, async (installation) => {
    if (!(await prepare(installation, effects))) return 1;
    const measures = await answerMeasures(installation, query);
    const screen = createScreen(effects.stdout, effects.env);
    const text = args.json
      ? JSON.stringify(measures, null, 2)
      : reportText(await answerStatus(installation), measures, again(args), screen);
    await screen.print(text);
    return 0;
  });
}

function again({ options: { config, repo } }: Arguments): string {
  return Object.entries({ config, repo })
    .map(([name, value]) => (value === undefined ? "" : ` --${name} ${quoted(withoutCredentials(value))}`))
    .join("");
}
