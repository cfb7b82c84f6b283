import { reaching } from "#collectors/polite/reach.ts";
import { digestName } from "#config/digests.ts";
import { Memory } from "../answers/memory.ts";
import { daily, weekly } from "../digests/compose.ts";
import { textOf } from "../digests/message.ts";
import { send } from "../digests/send.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";

const NONE =
  "No digest is configured. List where it goes under `digests:` in headway.yaml, such as `- { to: slack, webhook: ${SLACK_WEBHOOK}, scope: team:payments }`.";

/** `headway digest`: what each digest would say of the last week and of today; `--send` sends it, whatever was sent before. */
export async function digest(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  return withInstallation(args, effects, async (installation) => {
    const { config, store } = installation;
    const { print } = createScreen(effects.stdout, effects.env);
    if (config.digests.length === 0) {
      await print(NONE);
      return 1;
    }
    if (!(await prepare(installation, effects))) return 1;
    const memory = new Memory(store);
    for (const options of config.digests) {
      const messages = [await weekly(installation, options, memory), await daily(installation, options, memory)];
      await print(`${digestName(options)}:`);
      if (messages[0] === null) await print("The last week is not known in full yet: nothing would be sent.");
      const told = messages.filter((message) => message !== null).filter(({ lines }) => lines.length > 0);
      if (told.length === 0 && messages[0] !== null)
        await print("Nothing left its normal variation, and nothing became old: nothing would be sent.");
      for (const message of told) {
        await print(textOf(message));
        if (!args.send) continue;
        await send(options, message, reaching(config.allowAddresses), config.allowAddresses);
        await print("Sent.");
      }
    }
    return 0;
  });
}
