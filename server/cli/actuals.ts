/** `headway actuals import FILE`: what the books say was paid. */
import { instead } from "#config/nearest.ts";
import { importActuals } from "../actuals.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { importAmounts } from "./import-amounts.ts";
import { UsageError } from "./usage.ts";

/** Fails when there is any mistake: then nothing is taken. */
export async function actuals(args: Arguments, effects: Effects): Promise<number> {
  const [verb, file, extra] = args.operands;
  if (verb === undefined) throw new UsageError("Say what to do: headway actuals import FILE");
  if (verb !== "import") throw new UsageError(`\`headway actuals\` cannot "${verb}". ${instead(verb, ["import"])}`);
  if (file === undefined || extra !== undefined)
    throw new UsageError("Name one file: headway actuals import FILE --dry-run");
  return importAmounts(args, effects, file, {
    take: importActuals,
    about: ({ line, result, costCentre, month }) => `line ${line}: ${result}: ${costCentre}, ${month}`,
  });
}
