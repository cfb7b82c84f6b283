/** `headway actuals import FILE`: what the books say was paid. */
import { basename, resolve } from "node:path";
import { instead } from "#config/nearest.ts";
import { counted } from "#metrics/words.ts";
import { importActuals } from "../actuals.ts";
import { Refused } from "../answers/problem.ts";
import type { CommandReply } from "../contract.ts";
import { CsvError } from "../csv.ts";
import type { Arguments } from "./args.ts";
import { TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { readText } from "./text-file.ts";
import { UsageError } from "./usage.ts";

/** Fails when there is any mistake: then nothing is taken. */
export async function actuals(args: Arguments, effects: Effects): Promise<number> {
  const [verb, file, extra] = args.operands;
  if (verb === undefined) throw new UsageError("Say what to do: headway actuals import FILE");
  if (verb !== "import") throw new UsageError(`\`headway actuals\` cannot "${verb}". ${instead(verb, ["import"])}`);
  if (file === undefined || extra !== undefined)
    throw new UsageError("Name one file: headway actuals import FILE --dry-run");
  const text = await readText(resolve(effects.cwd, file), (message, options) => new CsvError(message, options));
  const { dryRun } = args;
  const { by = TERMINAL } = args.options;
  return withInstallation(args, effects, async (installation) => {
    const taken = await importActuals(installation, text, !dryRun, by).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      throw new CsvError(error.message, { cause: error });
    });
    const { print } = createScreen(effects.stdout, effects.env);
    await print(args.json ? JSON.stringify(taken, null, 2) : lines(basename(file), taken, dryRun).join("\n"));
    return taken.mistakes.length > 0 ? 1 : 0;
  });
}

function lines(
  name: string,
  { counts, rows, mistakes }: CommandReply<"/api/savings/actuals/import">,
  dryRun: boolean,
): string[] {
  const kept = dryRun ? " Nothing was kept: this was a dry run." : "";
  const refused =
    mistakes.length > 0
      ? ` Nothing is kept while there is a mistake: ${counted(mistakes.length, "line")} cannot be read.`
      : kept;
  return [
    `${name}: ${counts.new} new, ${counts.changed} changed, ${counts.same} same.${refused}`,
    ...mistakes.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...rows.map(
      ({ line, result, costCentre, month, before, after }) =>
        `  line ${line}: ${result}: ${costCentre}, ${month}: ${before === null ? "" : `${before.toFixed(2)} → `}${after.toFixed(2)}`,
    ),
  ];
}
