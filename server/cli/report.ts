import { withoutCredentials } from "#collectors/git/remote.ts";
import { askedScope } from "../answers/asked-scope.ts";
import { answerMeasures } from "../answers/measures.ts";
import { answerStatus } from "../answers/status.ts";
import type { Reply } from "../contract.ts";
import type { ServiceRecord } from "../store/sources.ts";
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
    const { services } = await askedScope(installation, query);
    const screen = createScreen(effects.stdout, effects.env);
    const text = args.json
      ? JSON.stringify(measures, null, 2)
      : reportText(ofServices(await answerStatus(installation), services), measures, again(args), screen);
    await screen.print(text);
    return 0;
  });
}

/** The status as far as it is about some services. */
function ofServices(status: Reply<"/api/status">, services: readonly ServiceRecord[]): Reply<"/api/status"> {
  const asked = new Set(services.map(({ source, service }) => JSON.stringify([source, service])));
  return {
    ...status,
    services: status.services.filter(({ source, name }) => asked.has(JSON.stringify([source, name]))),
  };
}

function again({ options: { config, repo } }: Arguments): string {
  return Object.entries({ config, repo })
    .map(([name, value]) => (value === undefined ? "" : ` --${name} ${quoted(withoutCredentials(value))}`))
    .join("");
}
