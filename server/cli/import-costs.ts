/** `headway import costs FILE`: what was paid month by month, as a version of the programme. */
import { importCosts } from "../paid-costs.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { importAmounts } from "./import-amounts.ts";
import { UsageError } from "./usage.ts";

/** The kind of rows that is no event of a host. */
export const COSTS = "costs";

/** Fails when there is any mistake: then nothing is taken. */
export async function importCostsCommand(args: Arguments, effects: Effects): Promise<number> {
  const [, file, extra] = args.operands;
  if (file === undefined) throw new UsageError("Name the file: headway import costs FILE.csv");
  if (extra !== undefined) throw new UsageError(`One file at a time: "${extra}" is one too many.`);
  const { service, environment } = args.options;
  if (service !== undefined || environment !== undefined)
    throw new UsageError("Costs are of a team or of everybody: leave --service and --environment out.");
  return importAmounts(args, effects, file, {
    take: importCosts,
    about: ({ kind, title, team, month, before }) =>
      `${before === null ? "new" : "changed"}: ${kind}, ${title}${team === null ? "" : `, ${team}`}, ${month}`,
  });
}
