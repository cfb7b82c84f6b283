/** What people can decide about numbers that are there; looking at other sources is not among it. */
import { assessing } from "./answers/assessments.ts";
import { freezing } from "./baselines.ts";
import type { Control } from "./commands.ts";
import { experimenting } from "./experimenting.ts";
import type { Installation } from "./installation.ts";
import { judging } from "./judging.ts";
import { importing } from "./actuals.ts";
import { bookkeeping } from "./ledger.ts";
import { recordingSavings } from "./saving-records.ts";
import { stating } from "./statements/issue.ts";
import { importingCosts } from "./paid-costs.ts";
import { planning } from "./planning.ts";
import { reviewing } from "./reviewing.ts";

type Collecting = "/api/sync" | "/api/connect/probe" | "/api/connect";

export function deciding(installation: Installation): Omit<Control, Collecting> {
  return {
    ...judging(installation),
    ...experimenting(installation),
    ...planning(installation),
    ...reviewing(installation),
    ...assessing(installation),
    ...bookkeeping(installation),
    ...recordingSavings(installation),
    ...importing(installation),
    ...importingCosts(installation),
    ...stating(installation),
    ...freezing(installation),
  };
}
